import type { ProofTimes } from '../stored-times.ts';

/** What the toolbar button says of a proof. */
export interface Badge {
  /** Whole ones still left; in the last minute there is none. */
  left: number;
  unit: 'hours' | 'minutes';
  /** When it says something else; milliseconds since the epoch, on this clock. */
  changesAt: number;
}

const units = { hours: 3_600_000, minutes: 60_000 };

/**
 * Never more than there is: `23` as soon as the twenty-four hours have begun.
 *
 * @param now this clock, milliseconds since the epoch
 * @returns nothing without a proof that is still valid
 */
export function badgeAt(times: ProofTimes | undefined, now: number): Badge | undefined {
  if (!times) return undefined;
  // To the millisecond and not before it, as alarms are.
  const end = Math.ceil(times.validUntil * 1000 - times.clockOffset);
  if (end <= now) return undefined;
  const unit = end - now > units.hours ? 'hours' : 'minutes';
  const left = Math.ceil((end - now) / units[unit]) - 1;
  return { left, unit, changesAt: end - left * units[unit] };
}
