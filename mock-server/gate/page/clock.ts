import * as v from 'valibot';

/** `GET /mock/clock`, milliseconds. */
const MockClock = v.object({ now: v.number() });

export interface GateClock {
  /** Whole seconds since the epoch. */
  now: () => number;
  /** Catches up with whatever the clock follows; a clock that cannot be asked runs on. */
  follow: () => Promise<void>;
}

/** @param milliseconds since the epoch, of this machine */
export const ownClock = (milliseconds: () => number): GateClock => ({
  now: () => Math.floor(milliseconds() / 1000),
  follow: async () => {},
});

/** Follows the mock issuer's clock, which can be advanced. */
export function mockClock(
  milliseconds: () => number,
  fetchClock: () => Promise<Response>,
): GateClock {
  let ahead = 0;
  return {
    now: () => Math.floor((milliseconds() + ahead) / 1000),
    follow: async () => {
      try {
        const clock = v.safeParse(MockClock, await (await fetchClock()).json());
        if (clock.success) ahead = clock.output.now - milliseconds();
      } catch {
        // Off the network the clock keeps the offset it had, as a real one would run on.
      }
    },
  };
}
