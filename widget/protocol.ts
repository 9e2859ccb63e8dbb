/**
 * What an issuer, a gate and the component agree on, with no DOM, no Lit and no Node in it: the
 * policy, the rules for what a traveller types, the calls and their messages, the problems, and the
 * code as an issuer mints it. The check of a code is `boarding-id/check`.
 */

export {
  holderCalls,
  keySetCall,
  sessionHeader,
  type Call,
  type Credential,
} from './protocol/calls.ts';
export { codeType, grantIdOf, longestText, type CodeClaims } from './protocol/code/claims.ts';
export {
  mintCode,
  mintPack,
  packClaims,
  type CodeSigningKey,
  type PackRequest,
} from './protocol/code/mint.ts';
export { fromQrText, toQrText } from './protocol/code/qr-text.ts';
export { reasonCodes, reasons, type Reason } from './protocol/code/reasons.ts';
export { documentTypes, supportedDocument, type DocumentType } from './protocol/documents.ts';
export { gateCalls } from './protocol/gate-calls.ts';
export {
  readIdentity,
  type Identity,
  type IdentityProblem,
  type IdentityResult,
} from './protocol/identity.ts';
export { maskName, maskNumber } from './protocol/masking.ts';
export * as gateMessages from './protocol/messages/gate.ts';
export * as holderMessages from './protocol/messages/holder.ts';
export { KeySet, Metadata, PublicKey } from './protocol/messages/metadata.ts';
export {
  nameRefusals,
  readName,
  type NameRefusal,
  type NameResult,
} from './protocol/person-name.ts';
export { policy, Policy } from './protocol/policy.ts';
export {
  problemCodeOf,
  problemCodes,
  ProblemDocument,
  problemStatuses,
  problemType,
  type ProblemCode,
} from './protocol/problems.ts';
export {
  readResidentId,
  residentIdRefusals,
  type ResidentIdRefusal,
  type ResidentIdResult,
} from './protocol/resident-id.ts';
export {
  dayAfter,
  dayOf,
  monthOf,
  sameDayLastMonth,
  startOfDay,
  startOfNextMonth,
} from './protocol/shanghai-time.ts';
export {
  purposes,
  Ticket,
  ticketKinds,
  type Place,
  type Purpose,
  type TicketKind,
} from './protocol/tickets.ts';
