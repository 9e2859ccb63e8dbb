import { Problem } from '../../widget/protocol/problems.ts';

export interface Rate {
  /** So many at once, and so many a minute in the long run. */
  perMinute: number;
}

/**
 * What one address and one device (a holder's key) may ask. An address stands for many travellers, for
 * everybody on a station's network or behind a carrier's; a phone that rotates, refreshes and resumes
 * asks a few times a minute. Of a person there is no limit: whoever floods the issuer with somebody's
 * number must not keep them out.
 */
export const usualRates = {
  address: { perMinute: 3000 },
  device: { perMinute: 120 },
} as const satisfies Record<string, Rate>;

export type Rates = Record<keyof typeof usualRates, Rate>;

/** How many askers are kept in mind; who has been away the longest is forgotten first. */
const mostAskers = 100_000;

const windowMilliseconds = 60_000;

/**
 * Counts what each asker asks (GCRA: one instant an asker). Kept by each server for itself: a flood has
 * to be met before it reaches the store, and no rule of the service rests on it, so that with n servers
 * an asker may ask n times as much and no more.
 *
 * @returns throws `rate-limited` with `Retry-After` when an asker asks too much
 */
export function rateLimit({ perMinute }: Rate): (asker: string, now: number) => void {
  const interval = windowMilliseconds / perMinute;
  /** By asker, when all they have asked will have been made up for; in the order of asking. */
  const settledAt = new Map<string, number>();

  return (asker, now) => {
    const known = settledAt.get(asker) ?? now;
    // Further ahead than it can be: the clock has been set back.
    const from = known > now + windowMilliseconds ? now : Math.max(known, now);
    const wait = from + interval - now - windowMilliseconds;
    if (wait > 0) throw new Problem('rate-limited', { retryAfter: Math.ceil(wait / 1000) });
    settledAt.delete(asker);
    settledAt.set(asker, from + interval);
    const [oldest] = settledAt.size > mostAskers ? settledAt.keys() : [];
    if (oldest !== undefined) settledAt.delete(oldest);
  };
}
