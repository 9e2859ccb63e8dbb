import type { PageListeners, PagePort } from '../flow/ports.ts';

/** All tabs of one origin share one key and one grant, so a sign-out is everybody's. */
const channelName = 'boarding-id';
const signedOut = 'signed-out';
/** In the tab's own storage, which ends with it; an instant, which says nothing about anyone. */
const noteName = 'boarding-id-guest-proof-until';
const grantOpened = 'grant-opened';

/** The life of a browser's page: leaving, coming back, the network, the other tabs, the wake lock. */
export function createPageLife(page: Window): PagePort {
  const { document, navigator } = page;
  let channel: BroadcastChannel | undefined;
  let wanted = false;
  let lock: WakeLockSentinel | undefined;

  function tell(message: string): void {
    if (channel) {
      channel.postMessage(message);
      return;
    }
    const passing = new BroadcastChannel(channelName);
    passing.postMessage(message);
    passing.close();
  }

  async function lockScreen(): Promise<void> {
    // Not in every browser, and refused on a low battery: the screen may dim then, no more.
    const granted = await navigator.wakeLock?.request('screen').catch(() => undefined);
    if (wanted) lock = granted;
    else await granted?.release();
  }

  function listen(listeners: PageListeners, signal: AbortSignal): void {
    const openChannel = () => {
      if (channel) return;
      channel = new BroadcastChannel(channelName);
      channel.addEventListener('message', ({ data }) => {
        if (data === signedOut) listeners.signedOutElsewhere();
        if (data === grantOpened) listeners.grantOpenedElsewhere();
      });
    };
    const closeChannel = () => {
      channel?.close();
      channel = undefined;
    };
    openChannel();
    signal.addEventListener('abort', closeChannel, { once: true });

    page.addEventListener(
      'pagehide',
      () => {
        listeners.left();
        // An open channel keeps some browsers from caching the page.
        closeChannel();
      },
      { signal },
    );
    page.addEventListener(
      'pageshow',
      ({ persisted }) => {
        if (!persisted) return;
        openChannel();
        listeners.returned(true);
      },
      { signal },
    );
    document.addEventListener(
      'visibilitychange',
      () => {
        if (document.visibilityState !== 'visible') return;
        // The browser takes the lock back whenever the page is hidden.
        if (wanted) void lockScreen();
        listeners.returned(false);
      },
      { signal },
    );
    page.addEventListener('online', () => listeners.connectionChanged(true), { signal });
    page.addEventListener('offline', () => listeners.connectionChanged(false), { signal });
  }

  return {
    online: () => navigator.onLine,
    listen,
    scanMode: (on) => {
      wanted = on;
      if (on) void lockScreen();
      else void lock?.release();
    },
    note: () => {
      try {
        return Number(page.sessionStorage.getItem(noteName)) || undefined;
      } catch {
        return undefined;
      }
    },
    leaveNote: (until) => {
      try {
        if (until === undefined) page.sessionStorage.removeItem(noteName);
        else page.sessionStorage.setItem(noteName, String(until));
      } catch {
        // Without storage the form says nothing about an earlier proof; 查看 finds it all the same.
      }
    },
    tellSignedOut: () => tell(signedOut),
    tellGrantOpened: () => tell(grantOpened),
  };
}
