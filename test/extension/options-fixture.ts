import '../../extension/options/define.ts';
import { generateKeyPair } from 'dpop';
import { openDB } from 'idb';
import type { LitElement } from 'lit';
import type { Permissions } from 'webextension-polyfill';
import { changesTo } from '../../extension/options/change-options.ts';
import { OptionsPage } from '../../extension/options/options-page.ts';
import type { OptionsPorts } from '../../extension/options/options-ports.ts';
import type { PermissionsPort } from '../../extension/options/permissions.ts';
import type { StorageArea } from '../../extension/stored.ts';
import { defaultOptions, storedOptions, type Options } from '../../extension/stored-options.ts';
import { storedTimes } from '../../extension/stored-times.ts';
import { createBrowserPorts } from '../../widget/host/browser-ports.ts';
import { problemType, type ProblemCode } from '../../widget/protocol/problems.ts';
import { policy } from '../../widget/protocol/policy.ts';
import type { VaultContent } from '../../widget/flow/vault.ts';
import { at, showing } from '../elements/states.ts';

export const issuer = defaultOptions.issuer;
export const other = 'https://issuer.example';
export const user = 'mock-user-adult';

/** The extension's storage, in memory. */
export class MemoryArea {
  readonly held = new Map<string, unknown>();
  isFull = false;
  private readonly listeners = new Set<Parameters<StorageArea['onChanged']['addListener']>[0]>();

  private change(changes: Map<string, unknown>): void {
    const told = Object.fromEntries(
      [...changes].map(([key, newValue]) => [key, { oldValue: this.held.get(key), newValue }]),
    );
    for (const [key, value] of changes) {
      if (value === undefined) this.held.delete(key);
      else this.held.set(key, value);
    }
    for (const listener of this.listeners) listener(told);
  }

  readonly area = {
    get: async (key: string) => ({ [key]: this.held.get(key) }),
    set: async (items: Record<string, unknown>) => {
      if (this.isFull) throw new Error('QUOTA_BYTES');
      this.change(new Map(Object.entries(items)));
    },
    remove: async (key: string) => this.change(new Map([[key, undefined]])),
    onChanged: {
      addListener: (listener: never) => void this.listeners.add(listener),
      removeListener: (listener: never) => void this.listeners.delete(listener),
    },
  } as unknown as StorageArea;

  readonly clear = async (): Promise<void> =>
    this.change(new Map([...this.held.keys()].map((key) => [key, undefined])));
}

/** The browser's permissions, and what somebody answers when they are asked. */
export class HandPermissions {
  readonly held = new Set<string>(['http://localhost/*']);
  readonly asked: string[] = [];
  /** A question waved away is never answered. */
  answer: 'allow' | 'refuse' | 'wave away' = 'allow';
  private readonly listeners = new Set<() => void>();

  private readonly names = (wanted: Permissions.AnyPermissions): string[] => [
    ...(wanted.permissions ?? []),
    ...(wanted.origins ?? []),
  ];
  private readonly event = {
    addListener: (listener: () => void) => void this.listeners.add(listener),
    removeListener: (listener: () => void) => void this.listeners.delete(listener),
  };

  /** Answers a question that was waved away, or is a change on the browser's page for extensions. */
  allow(name: string): void {
    this.held.add(name);
    for (const listener of this.listeners) listener();
  }

  /** As on the browser's page for extensions. */
  withdraw(name: string): void {
    this.held.delete(name);
    for (const listener of this.listeners) listener();
  }

  readonly port = {
    request: (wanted: Permissions.Permissions) => {
      const missing = this.names(wanted).filter((name) => !this.held.has(name));
      if (missing.length === 0) return Promise.resolve(true);
      this.asked.push(...missing);
      if (this.answer === 'wave away') return new Promise<boolean>(() => undefined);
      if (this.answer === 'allow') for (const name of missing) this.held.add(name);
      return Promise.resolve(this.answer === 'allow');
    },
    remove: async (wanted: Permissions.Permissions) => {
      for (const name of this.names(wanted)) this.withdraw(name);
      return true;
    },
    contains: async (wanted: Permissions.AnyPermissions) =>
      this.names(wanted).every((name) => this.held.has(name)),
    getAll: async () => ({ origins: [...this.held].filter((name) => name.includes('://')) }),
    onAdded: this.event,
    onRemoved: this.event,
  } as unknown as PermissionsPort;
}

export const json = (body: unknown, status = 200): Response => Response.json(body, { status });

export const problem = (code: ProblemCode, status: number): Response =>
  new Response(JSON.stringify({ type: problemType(code), status }), {
    status,
    headers: { 'Content-Type': 'application/problem+json' },
  });

export const metadataOf = (origin: string, more: Record<string, string> = {}) => ({
  issuer: origin,
  serverTime: at * 1000,
  policy,
  documents: ['resident-id'],
  languages: ['zh', 'en'],
  livenessProvider: `${origin}/liveness`,
  endpoints: { jwks: 'a', api: 'b', openapi: 'c' },
  ...more,
});

const people = [
  {
    id: 'adult',
    label: { zh: '成年旅客', en: 'Adult' },
    note: { zh: '一切正常', en: 'in order' },
  },
  {
    id: 'minor',
    label: { zh: '未成年旅客', en: 'Minor' },
    note: { zh: '有身份证', en: 'has a card' },
  },
];

/** Two issuers, of which the one that is the default offers a sign-in; what differs is set by a test. */
export class Network {
  readonly calls: string[] = [];
  isDown = false;
  readonly answers = new Map<string, () => Response | Promise<Response>>([
    [
      `GET ${issuer}/.well-known/boarding-id`,
      () => json(metadataOf(issuer, { mockSignIn: `${issuer}/mock` })),
    ],
    [`GET ${issuer}/mock/people`, () => json(people)],
    [`POST ${issuer}/mock/sessions`, () => json({ session: session() })],
    [`DELETE ${issuer}/v1/grants`, () => new Response(undefined, { status: 204 })],
    [`GET ${other}/.well-known/boarding-id`, () => json(metadataOf(other))],
  ]);

  readonly send = async ({ method, url }: Request): Promise<Response> => {
    const call = `${method} ${url}`;
    this.calls.push(call);
    const answer = this.answers.get(call);
    if (this.isDown || !answer) throw new TypeError('Failed to fetch');
    return answer();
  };
}

const token = (claims: object): string => `${btoa('{}')}.${btoa(JSON.stringify(claims))}.x`;
export const session = (): string => token({ sub: user });
const code = (minute: number): string =>
  token({ jti: 'a', nbf: at + minute * 60, exp: at + minute * 60 + 60 });

/** A grant that shows a code, as a registered user's lies in the vault. */
export const liveContent = async (): Promise<VaultContent> => ({
  user,
  key: await generateKeyPair('ES256'),
  application: undefined,
  grant: {
    token: 'grant-token',
    expiresAt: showing.grantExpiresAt,
    proof: showing.proof,
    codes: [code(0), code(1)],
    clockOffset: 0,
  },
});

/** Pauses end at once, and nothing takes so long that it is given up. */
const impatient = (milliseconds: number, callback: () => void): (() => void) => {
  let isOn = milliseconds < 10_000;
  queueMicrotask(() => isOn && callback());
  return () => (isOn = false);
};

/** What the page works with, each part within a test's reach. */
export class World {
  readonly memory = new MemoryArea();
  readonly hand = new HandPermissions();
  readonly network = new Network();
  isCodeOpen = false;
  readonly options = storedOptions(this.memory.area);
  readonly times = storedTimes(this.memory.area);
  readonly component = {
    ...createBrowserPorts({
      now: () => at * 1000,
      session: async () => undefined,
      sessionGiven: () => true,
    }).ports,
    elapsed: () => 0,
    after: impatient,
    send: this.network.send,
  };
  readonly ports: OptionsPorts = {
    options: this.options,
    change: changesTo(this.options),
    times: this.times,
    clearStorage: this.memory.clear,
    permissions: this.hand.port,
    component: this.component,
    isCodeOpen: async () => this.isCodeOpen,
    browserLanguage: 'zh-CN',
    version: '1.2.3',
  };

  async set(change: Partial<Options>): Promise<void> {
    await this.options.write({ ...(await this.options.read()), ...change });
  }

  /** Signed in, with a code to be shown and everything that comes with it. */
  async signInWithCode(): Promise<void> {
    await this.set({ signedIn: { user: 'adult', at: `${issuer}/mock` } });
    const { renewFrom, validUntil } = showing.proof;
    await this.times.write({ renewFrom, validUntil, clockOffset: 0 });
    await this.component.vault.write(await liveContent());
    await this.component.vault.writePlace({ id: 'a', city: { zh: '', en: '' }, windows: [] });
  }

  async page(): Promise<OptionsPage> {
    const page = new OptionsPage();
    page.ports = this.ports;
    document.body.append(page);
    await until(() => page.shadowRoot?.querySelector('main'));
    await until(() => !textOf(section(page, 'sign-in')).includes('正在询问签发方'));
    return page;
  }
}

/** Everything that lies in the extension's database. */
export async function inVault(): Promise<unknown[]> {
  const database = await openDB('boarding-id', 1, {
    upgrade: (opened) => void opened.createObjectStore('vault'),
  });
  const all: unknown[] = await database.getAll('vault');
  database.close();
  return all;
}

/** Waits until something is so. */
export async function until(isSo: () => unknown): Promise<void> {
  while (!isSo()) await new Promise((resolve) => requestAnimationFrame(resolve));
}

export type SectionName = 'issuer' | 'appearance' | 'reminders' | 'sign-in' | 'clear';

export function section(page: OptionsPage, name: SectionName): LitElement {
  const found = page.shadowRoot?.querySelector<LitElement>(`options-${name}`);
  if (!found) throw new Error(`No section ${name}.`);
  return found;
}

export const textOf = ({ shadowRoot }: Element): string =>
  (shadowRoot?.textContent ?? '').replace(/\s+/g, ' ').trim();

/** What is announced: by `alert` at once, by `status` when there is a pause. */
export const announced = ({ shadowRoot }: Element, role: 'alert' | 'status'): string =>
  (shadowRoot?.querySelector(`[role=${role}]`)?.textContent ?? '').replace(/\s+/g, ' ').trim();

export function press({ shadowRoot }: Element, text: string): HTMLElement {
  const all = [...(shadowRoot?.querySelectorAll('button') ?? [])];
  const found = all.find((each) => each.textContent.trim().startsWith(text));
  if (!found) throw new Error(`No button says ${text}.`);
  found.click();
  return found;
}

/** For `afterEach`: page and vault are empty again. */
export async function clear(world: World): Promise<void> {
  document.body.replaceChildren();
  await world.component.vault.clear();
}
