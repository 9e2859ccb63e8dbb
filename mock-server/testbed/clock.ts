import { readSetting, writeSetting } from '../store/settings.ts';
import type { Store } from '../store/open-store.ts';
import type { Clock } from '../http/clock.ts';

/** A clock that can be advanced, and that keeps its advance over a restart: the store does too. */
export interface AdvancingClock {
  now: Clock;
  offsetMs: () => number;
  /** Moves on by whole seconds; `undefined` goes back to the real time. */
  advance: (seconds: number | undefined) => Promise<void>;
}

const setting = 'mock-clock-offset-ms';

export async function openClock(store: Store, realNow: Clock): Promise<AdvancingClock> {
  let offset = Number((await readSetting(store, setting)) ?? 0);
  return {
    now: () => realNow() + offset,
    offsetMs: () => offset,
    advance: async (seconds) => {
      offset = seconds === undefined ? 0 : offset + seconds * 1000;
      await writeSetting(store, setting, String(offset));
    },
  };
}
