import type { Reminder } from '../stored-options.ts';
import type { ProofTimes } from '../stored-times.ts';

export const reminders: readonly Reminder[] = ['renewal', 'end', 'verification'];

/** From when until when something is worth saying; seconds since the epoch, on the server's clock. */
interface Span {
  from: number;
  until: number;
}

/** Time enough to reach the gate, or to sit down for the camera. */
const verificationSeconds = 120;

/**
 * Told late, after sleep or because the browser was closed, is told still for as long as the traveller
 * can act on it: the renewal until the proof ends; its end for as long again as one could renew before it,
 * after which whoever comes back has long been without and knows. A code that has gone says so itself.
 */
export function spanOf(reminder: Reminder, times: ProofTimes): Span | undefined {
  const { renewFrom, validUntil, verifyBy } = times;
  if (reminder === 'renewal') return { from: renewFrom, until: validUntil };
  if (reminder === 'end') return { from: validUntil, until: validUntil + (validUntil - renewFrom) };
  // Where the proof ends with the grant, verifying again brings nothing back.
  if (verifyBy === undefined || verifyBy >= validUntil) return undefined;
  return { from: verifyBy - verificationSeconds, until: verifyBy };
}

/**
 * What is worth saying at an instant, each with the instant that it is about.
 *
 * @param now this clock, milliseconds since the epoch
 */
export function worthSaying(times: ProofTimes | undefined, now: number): Map<Reminder, number> {
  const found = new Map<Reminder, number>();
  if (!times) return found;
  const serverNow = (now + times.clockOffset) / 1000;
  for (const reminder of reminders) {
    const span = spanOf(reminder, times);
    if (span && span.from <= serverNow && serverNow < span.until) found.set(reminder, span.from);
  }
  return found;
}
