/**
 * Which surface acts. Whoever applies or proves themselves holds a Web Lock, so that two surfaces open at
 * once never do it twice. Others hear of a beginning by a BroadcastChannel, and of an end by the lock
 * itself, which goes with its holder even when that is closed or crashes.
 */
export interface Acting {
  /** Begins to act, or goes on. @returns false while another surface does */
  begin: () => Promise<boolean>;
  end: () => void;
  /** Whether this surface acts now. */
  here: () => boolean;
  /** Calls back with whether another surface acts: now, and at each change until the signal aborts. */
  watch: (listener: (elsewhere: boolean) => void, signal: AbortSignal) => void;
}

/** Whoever acts holds it exclusively. */
const lockName = 'boarding-id-acting';
/**
 * Whoever acts holds this one too, and whoever wants to know of the end waits for it: waiting for the
 * first could keep somebody from beginning.
 */
const endName = 'boarding-id-acting-end';
const channelName = 'boarding-id-acting';

export function createActing(locks: LockManager, openChannel = openNamedChannel): Acting {
  let release: (() => void) | undefined;
  let beginning: Promise<boolean> | undefined;
  /** Settles when what was held last is free again, which takes a moment. */
  let freed: Promise<unknown> = Promise.resolve();

  const take = (): Promise<boolean> =>
    new Promise((taken) => {
      freed = locks.request(lockName, { ifAvailable: true }, (lock) => {
        if (!lock) return taken(false);
        return locks.request(endName, () => {
          const held = new Promise<void>((resolve) => {
            release = resolve;
          });
          taken(true);
          return held;
        });
      });
    });

  async function begin(): Promise<boolean> {
    await freed;
    const begun = await take();
    beginning = undefined;
    if (begun) tellBegun(openChannel());
    return begun;
  }

  async function isElsewhere(): Promise<boolean> {
    const { held = [] } = await locks.query();
    return !release && held.some(({ name, mode }) => name === endName && mode === 'exclusive');
  }

  /** Resolves when nobody acts any more. */
  const ended = (signal: AbortSignal): Promise<unknown> =>
    locks.request(endName, { mode: 'shared', signal }, () => undefined).catch(() => undefined);

  function watch(listener: (elsewhere: boolean) => void, signal: AbortSignal): void {
    const channel = openChannel();
    let waiting = false;

    async function look(): Promise<void> {
      const elsewhere = await isElsewhere();
      if (signal.aborted) return;
      listener(elsewhere);
      if (!elsewhere || waiting) return;
      waiting = true;
      await ended(signal);
      waiting = false;
      if (!signal.aborted) await look();
    }

    channel.addEventListener('message', () => void look());
    signal.addEventListener('abort', () => channel.close(), { once: true });
    void look();
  }

  return {
    here: () => release !== undefined,
    begin: async () => release !== undefined || (beginning ??= begin()),
    end: () => {
      release?.();
      release = undefined;
    },
    watch,
  };
}

const openNamedChannel = (): BroadcastChannel => new BroadcastChannel(channelName);

function tellBegun(channel: BroadcastChannel): void {
  channel.postMessage('begun');
  channel.close();
}
