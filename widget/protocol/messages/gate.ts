import * as v from 'valibot';
import { reasons } from '../code/reasons.ts';
import { purposes, Ticket } from '../tickets.ts';
import { MaskedIdentity, Proof } from './holder.ts';
import { Instant } from './metadata.ts';

/** What gates and the issuer say to each other. */

/** The claims of a `bid-tickets+jwt`. */
export const Manifest = v.object({
  station: v.string(),
  /** Service day, `YYYY-MM-DD`. */
  day: v.string(),
  iat: Instant,
  tickets: v.array(Ticket),
});
export type Manifest = v.InferOutput<typeof Manifest>;
export const SignedManifest = v.object({ manifest: v.string() });

/** The claims of a `bid-denylist+jwt`: `ttl` is the seconds until the next one is due. */
export const DenylistClaims = v.object({
  iat: Instant,
  exp: Instant,
  ttl: v.number(),
  revoked: v.array(v.string()),
});
export const SignedDenylist = v.object({ denylist: v.string() });

const scanned = {
  /** What the scanner read. */
  scanned: v.pipe(v.string(), v.maxLength(1024)),
  station: v.pipe(v.string(), v.maxLength(64)),
  lane: v.pipe(v.string(), v.maxLength(64)),
  train: v.optional(v.pipe(v.string(), v.maxLength(16))),
};

/** `POST /v1/admissions` */
export const AdmissionRequest = v.strictObject({
  ...scanned,
  purpose: v.picklist(purposes),
  /** When a gate that was alone has admitted it already: the issuer is told, and asked no more. */
  admittedAt: v.optional(Instant),
});
export type AdmissionRequest = v.InferOutput<typeof AdmissionRequest>;

const TicketShown = v.omit(Ticket, ['sub']);

/** `code` is the two characters for the traveller (B10). */
const Refused = v.object({
  admitted: v.literal(false),
  reason: v.picklist(reasons),
  code: v.string(),
  secondsOff: v.optional(v.number()),
});

/** A verdict as sent. */
export const AdmissionAnswer = v.variant('admitted', [
  v.object({ admitted: v.literal(true), ticket: v.optional(TicketShown) }),
  Refused,
]);
export type AdmissionAnswer = v.InferOutput<typeof AdmissionAnswer>;

/** What people look at a code for; a gate looks at nobody. */
export const inspectionPurposes = ['check', 'onboard', 'counter'] as const;
export type InspectionPurpose = (typeof inspectionPurposes)[number];

/** `POST /v1/inspections`: the whole fresh code; a picture of an old one opens nothing. */
export const InspectionRequest = v.strictObject({
  ...scanned,
  purpose: v.picklist(inspectionPurposes),
});
export type InspectionRequest = v.InferOutput<typeof InspectionRequest>;

/**
 * What a look shows, and no more than its purpose needs: a check and the train crew compare the masked
 * identity with the face and the ticket; a counter, which sells, the masked identity and the proof.
 */
export const InspectionAnswer = v.variant('admitted', [
  v.object({
    admitted: v.literal(true),
    holder: MaskedIdentity,
    ticket: v.optional(TicketShown),
    proof: v.optional(Proof),
  }),
  Refused,
]);
export type InspectionAnswer = v.InferOutput<typeof InspectionAnswer>;
