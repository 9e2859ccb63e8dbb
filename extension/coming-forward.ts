import type { Runtime, Tabs, Windows } from 'webextension-polyfill';
import type { DeepLink } from '../widget/index.ts';
import { answer } from './messages.ts';

/** What it needs of the browser. */
export interface ComesForward {
  runtime: Pick<Runtime.Static, 'sendMessage' | 'onMessage'>;
  tabs: Pick<Tabs.Static, 'getCurrent' | 'update'>;
  windows: Pick<Windows.Static, 'getCurrent' | 'update'>;
}

interface ForwardSurface {
  open: (screen: DeepLink) => void;
  /** Whether this is the surface that acts. */
  acts: () => boolean;
  /** Whether a code holds here. */
  hasCode: () => boolean;
}

/** Holds the page that answers for the rest of them, which a traveller can have opened by hand. */
const firstPageLock = 'boarding-id-page';

/**
 * The page comes to the front when it is called, at a screen. One that acts stays where it is: nothing
 * that is under way ends by a call.
 */
export function pageComesForward(
  { runtime, tabs, windows }: ComesForward,
  surface: ForwardSurface,
  locks: LockManager,
  signal: AbortSignal,
): void {
  const { open, acts } = surface;
  let isFirst = false;
  const first = (): Promise<void> => {
    isFirst = true;
    return new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
  };
  void locks.request(firstPageLock, { signal }, first).catch(() => undefined);

  async function come(): Promise<true> {
    const { id, windowId } = await tabs.getCurrent();
    await tabs.update(id, { active: true });
    if (windowId !== undefined) await windows.update(windowId, { focused: true });
    return true;
  }

  answerForCode(runtime, surface, come, signal);
  answer(
    runtime,
    'come-forward',
    (given) => {
      const screen = given?.screen;
      if (acts()) return come();
      if (screen === undefined || !isFirst) return undefined;
      open(screen);
      return come();
    },
    signal,
  );
}

/** The panel stands in each window: whoever is called to one, as it acts or has the code, comes to its window. */
export function panelComesForward(
  { runtime, windows }: Pick<ComesForward, 'runtime' | 'windows'>,
  surface: ForwardSurface,
  signal: AbortSignal,
): void {
  async function come(): Promise<true> {
    const { id } = await windows.getCurrent();
    if (id !== undefined) await windows.update(id, { focused: true });
    return true;
  }
  answerForCode(runtime, surface, come, signal);
  answer(
    runtime,
    'come-forward',
    (given) => (given?.screen === undefined && surface.acts() ? come() : undefined),
    signal,
  );
}

/** A guest's code is nowhere but where it stands (R18): whoever looks for it is brought there. */
function answerForCode(
  runtime: ComesForward['runtime'],
  { open, hasCode }: ForwardSurface,
  come: () => Promise<true>,
  signal: AbortSignal,
): void {
  answer(runtime, 'has-code', () => (hasCode() ? Promise.resolve(true) : undefined), signal);
  answer(
    runtime,
    'show-code',
    () => {
      if (!hasCode()) return undefined;
      open('code');
      return come();
    },
    signal,
  );
}
