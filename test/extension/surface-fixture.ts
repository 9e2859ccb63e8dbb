import type { Acting } from '../../extension/acting.ts';
import type { Surface } from '../../extension/element.ts';
import type { Asked, BrowserPermissions } from '../../extension/permissions.ts';
import { defaultOptions } from '../../extension/stored-options.ts';
import { storedTimes } from '../../extension/stored-times.ts';
import type { StorageArea } from '../../extension/stored.ts';
import type { SurfaceElement, SurfaceGiven } from '../../extension/surface-element.ts';
import type { Options } from '../../extension/stored-options.ts';
import { showsCode, type ScreenName, type State } from '../../widget/flow/state.ts';
import type { VaultContent } from '../../widget/flow/vault.ts';
import type { Language } from '../../widget/locales/index.ts';
import { clear, drawn, TestShell } from '../elements/fixture.ts';
import { at, showing, states } from '../elements/states.ts';

/** The component on a written flow, as `BoardingIdInExtension` is on a real one. */
export class TestBoardingId extends TestShell {
  surface!: Surface;
  get showsCode(): boolean {
    return showsCode(this.flow.state);
  }
  get hasCode(): boolean {
    return (this.flow.state.known.showing?.windows.length ?? 0) > 0;
  }
}
customElements.define('boarding-id', TestBoardingId);

/** Something happens outside: an event of the browser's. */
export class HandEvent<Listener extends (...given: never[]) => unknown> {
  readonly #listeners = new Set<Listener>();
  addListener = (listener: Listener): void => void this.#listeners.add(listener);
  removeListener = (listener: Listener): void => void this.#listeners.delete(listener);
  hasListener = (listener: Listener): boolean => this.#listeners.has(listener);
  hasListeners = (): boolean => this.#listeners.size > 0;
  tell = (...given: Parameters<Listener>): unknown[] =>
    [...this.#listeners].map((listener) => listener(...given));
}

/** `storage.local` of a browser, which tells of each change. */
export class MemoryArea implements StorageArea {
  content: Record<string, unknown> = {};
  readonly onChanged = new HandEvent<
    (changes: Record<string, { oldValue?: unknown; newValue?: unknown }>) => void
  >();
  get = async (): Promise<Record<string, unknown>> => ({ ...this.content });
  set = async (entries: Record<string, unknown>): Promise<void> => {
    Object.assign(this.content, entries);
    for (const [key, newValue] of Object.entries(entries)) {
      this.onChanged.tell({ [key]: { newValue } });
    }
  };
  remove = async (key: string | string[]): Promise<void> => {
    for (const each of [key].flat()) {
      delete this.content[each];
      this.onChanged.tell({ [each]: {} });
    }
  };
}

/** Who acts, as the test says. */
export class HandActing implements Acting {
  elsewhere = false;
  acts = false;
  #listener: ((elsewhere: boolean) => void) | undefined;
  here = (): boolean => this.acts;
  begin = async (): Promise<boolean> => (this.acts = !this.elsewhere);
  end = (): void => {
    this.acts = false;
  };
  watch = (listener: (elsewhere: boolean) => void): void => {
    this.#listener = listener;
    listener(this.elsewhere);
  };
  another(acts: boolean): void {
    this.elsewhere = acts;
    this.#listener?.(acts);
  }
}

/** What the traveller has decided, as the test says. */
export class HandPermissions implements BrowserPermissions {
  states: Record<Asked, PermissionState | undefined> = { geolocation: 'prompt', camera: 'prompt' };
  #listener: (() => void) | undefined;
  state = async (name: Asked): Promise<PermissionState | undefined> => this.states[name];
  watch = (listener: () => void): void => {
    this.#listener = listener;
  };
  decide(states: Partial<Record<Asked, PermissionState>>): void {
    Object.assign(this.states, states);
    this.#listener?.();
  }
}

/** What a registered user's vault has after a check. */
export const vaultContent = (): VaultContent => ({
  user: 'u1',
  key: undefined as unknown as CryptoKeyPair,
  grant: {
    token: 't',
    expiresAt: showing.grantExpiresAt,
    proof: showing.proof,
    codes: showing.windows.map(({ code }) => code),
    clockOffset: 0,
  },
  application: undefined,
});

/** Everything that surfaces are given, with a list of what they asked the browser for. */
export function hands() {
  const area = new MemoryArea();
  const acting = new HandActing();
  const permissions = new HandPermissions();
  const asked: string[] = [];
  /** In a tab or a panel. */
  const codeOpen = { is: false };
  const vault = {
    content: undefined as VaultContent | undefined,
    read: async (): Promise<VaultContent | undefined> => vault.content,
  };
  const session = async (): Promise<undefined> => undefined;
  const otherSession = async (): Promise<undefined> => undefined;
  const ask =
    (what: string) =>
    (screen?: unknown): void =>
      void asked.push(typeof screen === 'string' ? `${what} ${screen}` : what);
  const given = {
    acting,
    times: storedTimes(area),
    sessionOf: (signedIn: Options['signedIn']) => (signedIn ? session : otherSession),
    goWhereActing: ask('go where acting'),
    permissions,
    settings: undefined,
    isCodeOpen: async () => codeOpen.is,
    goToCode: ask('go to code'),
    vault,
    /** A wrong clock: the proof's times go by the server's (B3). */
    now: () => at * 1000,
    openPage: ask('page'),
    openPanel: ask('panel'),
    openOptions: ask('options'),
    leave: ask('leave'),
  } satisfies SurfaceGiven & Record<string, unknown>;
  return { area, acting, permissions, vault, codeOpen, asked, session, given };
}

export const signedIn = { user: 'u1', at: 'https://issuer.example/mock' };
export const options = (change: Partial<Options> = {}): Options => ({
  ...defaultOptions,
  ...change,
});

/** Puts a surface in the page; waits until it is drawn, and so is the component in it. */
export async function appear<Kind extends SurfaceElement>(
  surface: Kind,
  {
    language = 'zh',
    scheme = 'light',
    ...change
  }: Partial<Options> & { language?: Language; scheme?: 'light' | 'dark' } = {},
): Promise<Kind> {
  surface.language = language;
  surface.options = options({ ...change, language });
  surface.style.colorScheme = scheme;
  document.body.append(surface);
  await settled(surface);
  return surface;
}

/** Waits until what was told has been taken in and drawn. */
export async function settled(surface: SurfaceElement): Promise<void> {
  for (let turn = 0; turn < 3; turn++) {
    await new Promise((resolve) => setTimeout(resolve));
    await drawn(surface);
  }
}

/** The component on a surface, if it is there and seen. */
export function component(surface: SurfaceElement): TestBoardingId | undefined {
  const found = surface.shadowRoot?.querySelector('boarding-id');
  return found instanceof TestBoardingId && !found.hidden ? found : undefined;
}

/** The component arrives at a screen. */
export async function goTo(
  surface: SurfaceElement,
  state: keyof typeof states,
): Promise<TestBoardingId> {
  const shell = surface.shadowRoot?.querySelector('boarding-id');
  const next = states[state];
  if (!(shell instanceof TestBoardingId) || !next) throw new Error(`No component for ${state}.`);
  shell.flow.show(next);
  stepTo(shell, next);
  await settled(surface);
  return shell;
}

function stepTo(shell: TestBoardingId, { screen }: State): void {
  const name: ScreenName = screen.name;
  shell.tell({ name: 'step-changed', screen: name });
}

/** In every language and theme. */
export async function inAllLooks(
  look: (how: { language: Language; scheme: 'light' | 'dark' }) => Promise<void>,
): Promise<void> {
  for (const language of ['zh', 'en'] as const) {
    for (const scheme of ['light', 'dark'] as const) {
      await look({ language, scheme });
      clear();
    }
  }
}
