import type { ProofTimes } from '../../extension/stored-times.ts';

/** Seconds. */
export const [minute, hour] = [60, 3600];

/** When it was issued, by the server's clock; seconds since the epoch. */
export const issuedAt = Date.UTC(2026, 4, 1, 4) / 1000;
export const validUntil = issuedAt + 24 * hour;
export const renewFrom = validUntil - 3 * hour;

/** Just issued, and its code shown. */
export const someProof: ProofTimes = {
  renewFrom,
  validUntil,
  verifyBy: issuedAt + 30 * minute,
  clockOffset: 0,
};

/** The instant on a clock that goes right, or is behind the server's by so many milliseconds. */
export const at = (seconds: number, behind = 0): number => seconds * 1000 - behind;
