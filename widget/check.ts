/**
 * For gates, counters and train crews of others: the one check of a code, with no DOM and no Node
 * in it (`widget/docs/verifier.md`).
 */

export {
  checkCode,
  isStale,
  type Denylist,
  type Question,
  type Verdict,
  type Verifier,
} from './protocol/code/check.ts';
export { grantIdOf, longestText, type CodeClaims } from './protocol/code/claims.ts';
export {
  asEarlier,
  memoryLedger,
  refusalOfRepeat,
  type CodeUse,
  type EarlierUse,
  type Ledger,
  type UseRefusal,
} from './protocol/code/ledger.ts';
export { reasonCodes, reasons, type Reason } from './protocol/code/reasons.ts';
export type { Manifest } from './protocol/messages/gate.ts';
export type { KeySet, PublicKey } from './protocol/messages/metadata.ts';
export { policy, type Policy } from './protocol/policy.ts';
export {
  consumes,
  purposes,
  refusalByHistory,
  ticketKinds,
  type Consuming,
  type Place,
  type Purpose,
  type Ticket,
  type TicketHistory,
  type TicketKind,
} from './protocol/tickets.ts';
export {
  pinKeys,
  readDenylist,
  readManifest,
  type Expected,
  type PinnedKeys,
} from './check/trust.ts';
