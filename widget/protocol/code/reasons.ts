/**
 * Why a code is refused, in the order of the check, each with the two characters a gate shows and
 * a traveller can enter (B10). Letters and digits that look alike are left out.
 */
export const reasonCodes = {
  malformed: 'A2',
  unsupported: 'A3',
  'unknown-key': 'A4',
  'bad-signature': 'A5',
  'not-yet-valid': 'C2',
  expired: 'C3',
  revoked: 'D2',
  'denylist-stale': 'D3',
  'no-ticket': 'T2',
  'wrong-train': 'T3',
  'already-used': 'U2',
  'already-entered': 'U3',
  'not-entered': 'U4',
} as const;

export type Reason = keyof typeof reasonCodes;
export const reasons = Object.keys(reasonCodes) as [Reason, ...Reason[]];
