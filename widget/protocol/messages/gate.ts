import * as v from 'valibot';
import { reasons } from '../code/reasons.ts';
import { purposes, Ticket } from '../tickets.ts';
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

/** `POST /v1/admissions` */
export const AdmissionRequest = v.strictObject({
  /** What the scanner read. */
  scanned: v.pipe(v.string(), v.maxLength(1024)),
  purpose: v.picklist(purposes),
  station: v.pipe(v.string(), v.maxLength(64)),
  lane: v.pipe(v.string(), v.maxLength(64)),
  train: v.optional(v.pipe(v.string(), v.maxLength(16))),
});
export type AdmissionRequest = v.InferOutput<typeof AdmissionRequest>;

/** A verdict as sent: `code` is the two characters for the traveller (B10). */
export const AdmissionAnswer = v.variant('admitted', [
  v.object({
    admitted: v.literal(true),
    ticket: v.optional(v.omit(Ticket, ['sub'])),
  }),
  v.object({
    admitted: v.literal(false),
    reason: v.picklist(reasons),
    code: v.string(),
    secondsOff: v.optional(v.number()),
  }),
]);
export type AdmissionAnswer = v.InferOutput<typeof AdmissionAnswer>;
