import type { ProofTimes } from '../stored-times.ts';

/** What can be said of the proof without asking anybody. */
export type ProofKnown =
  | { status: 'none' }
  /** renewable: the next one can be applied for (R11). Seconds since the epoch. */
  | { status: 'valid' | 'renewable' | 'ended'; validUntil: number };

/** @param now this clock, milliseconds since the epoch; the proof's times go by the server's (B3) */
export function proofKnown(times: ProofTimes | undefined, now: number): ProofKnown {
  if (!times) return { status: 'none' };
  const { validUntil, renewFrom, clockOffset } = times;
  const seconds = (now + clockOffset) / 1000;
  if (seconds >= validUntil) return { status: 'ended', validUntil };
  return { status: seconds >= renewFrom ? 'renewable' : 'valid', validUntil };
}
