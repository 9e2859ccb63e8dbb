/**
 * Which surface acts. Whoever applies or proves themselves holds the one Web Lock, so that two surfaces
 * open at once never do it twice; a BroadcastChannel tells the others when that changes.
 */
export interface Acting {
  /** Begins to act, or goes on. @returns false while another surface does */
  begin: () => Promise<boolean>;
  end: () => void;
  /** Whether another surface acts now. */
  elsewhere: () => Promise<boolean>;
  /** Calls back whenever another surface begins or ends, until the signal aborts. */
  watch: (listener: (elsewhere: boolean) => void, signal: AbortSignal) => void;
}

const lockName = 'boarding-id-acting';
const channelName = 'boarding-id-acting';

export function createActing(locks: LockManager, openChannel = openNamedChannel): Acting {
  let release: (() => void) | undefined;
  let beginning: Promise<boolean> | undefined;

  function tell(): void {
    const channel = openChannel();
    channel.postMessage('changed');
    channel.close();
  }

  const take = (): Promise<boolean> =>
    new Promise((taken) => {
      void locks.request(lockName, { ifAvailable: true }, (lock) => {
        taken(lock !== null);
        if (!lock) return undefined;
        return new Promise<void>((resolve) => {
          release = resolve;
        });
      });
    });

  async function elsewhere(): Promise<boolean> {
    if (release) return false;
    const { held = [] } = await locks.query();
    return !release && held.some(({ name }) => name === lockName);
  }

  return {
    elsewhere,
    begin: async () => {
      if (release) return true;
      beginning ??= take();
      const begun = await beginning;
      beginning = undefined;
      if (begun) tell();
      return begun;
    },
    end: () => {
      if (!release) return;
      release();
      release = undefined;
      tell();
    },
    watch: (listener, signal) => {
      const channel = openChannel();
      const look = () => void elsewhere().then((acts) => signal.aborted || listener(acts));
      channel.addEventListener('message', look);
      signal.addEventListener('abort', () => channel.close(), { once: true });
      look();
    },
  };
}

const openNamedChannel = (): BroadcastChannel => new BroadcastChannel(channelName);
