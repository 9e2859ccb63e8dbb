import * as v from 'valibot';
import { documentTypes } from '../documents.ts';
import { problemCodes } from '../problems.ts';
import { Instant, ServerTime, Text } from './metadata.ts';

/** What the holder and the issuer say to each other. */

/** Identity as typed; the issuer judges it by the same rules as the form (`identity.ts`). */
export const TypedIdentity = v.strictObject({
  name: v.pipe(v.string(), v.maxLength(100)),
  documentType: v.picklist(documentTypes),
  number: v.pipe(v.string(), v.maxLength(40)),
});
export type TypedIdentity = v.InferOutput<typeof TypedIdentity>;

/** What of an identity may be shown. */
export const MaskedIdentity = v.object({ name: v.string(), number: v.string() });
export type MaskedIdentity = v.InferOutput<typeof MaskedIdentity>;

export const Proof = v.object({
  /** Public and random: says nothing about the person. */
  number: v.string(),
  issuedAt: Instant,
  validUntil: Instant,
  /** From when on the next one can be applied for (R11). */
  renewFrom: Instant,
});
export type Proof = v.InferOutput<typeof Proof>;

/** `GET /v1/me`: what a signed-in traveller may know before liveness (R4). */
export const Me = v.object({
  holder: MaskedIdentity,
  documentType: v.picklist(documentTypes),
  applicationsLeft: v.pipe(v.number(), v.integer(), v.minValue(0)),
  /** When the month's applications return, if none is left. */
  applicationsFrom: v.optional(Instant),
  proof: v.optional(Proof),
});
export type Me = v.InferOutput<typeof Me>;

/** `POST /v1/places`: degrees of WGS 84; kept by nobody. */
export const Coordinates = v.strictObject({
  latitude: v.pipe(v.number(), v.minValue(-90), v.maxValue(90)),
  longitude: v.pipe(v.number(), v.minValue(-180), v.maxValue(180)),
});
export type Coordinates = v.InferOutput<typeof Coordinates>;

/** A police window that makes paper proofs (公安制证窗口). */
export const PaperWindow = v.object({
  station: Text,
  position: Text,
  hours: v.string(),
  /** From the given coordinates, in metres. */
  distanceMetres: v.number(),
  /** Made up, because the real one is not known to this issuer. */
  mock: v.boolean(),
});
export type PaperWindow = v.InferOutput<typeof PaperWindow>;

export const PlaceFound = v.object({
  /** Names the city in an application. */
  id: v.string(),
  city: Text,
  windows: v.array(PaperWindow),
});
export type PlaceFound = v.InferOutput<typeof PlaceFound>;

/** `POST /v1/applications`. A signed-in traveller leaves `identity` out: the session has it. */
export const ApplicationRequest = v.strictObject({
  identity: v.optional(TypedIdentity),
  /** "I act for myself" (R7); required of a guest. */
  consent: v.boolean(),
  /** From `POST /v1/places`; empty or unknown is `location-required` (R6). */
  place: v.pipe(v.string(), v.maxLength(64)),
});
export type ApplicationRequest = v.InferOutput<typeof ApplicationRequest>;

/** `POST /v1/views`: to look at a proof again (R7, R20). */
export const ViewRequest = v.strictObject({
  identity: v.optional(TypedIdentity),
  consent: v.boolean(),
});
export type ViewRequest = v.InferOutput<typeof ViewRequest>;

/** What a liveness provider may ask the traveller to do. */
export const livenessPrompts = ['blink', 'open-mouth', 'turn-left', 'turn-right', 'nod'] as const;
export type LivenessPrompt = (typeof livenessPrompts)[number];

export const LivenessTransaction = v.object({
  /** Where the provider takes attempts at this transaction. */
  provider: v.string(),
  purpose: v.picklist(['apply', 'view']),
  nonce: v.string(),
  expiresAt: Instant,
  attempts: v.number(),
  prompts: v.array(v.picklist(livenessPrompts)),
});
export type LivenessTransaction = v.InferOutput<typeof LivenessTransaction>;

/** The answer to an application or a view: its id, and the check to pass next. */
export const LivenessRequired = v.object({ id: v.string(), liveness: LivenessTransaction });
export type LivenessRequired = v.InferOutput<typeof LivenessRequired>;

export const LivenessCompletion = v.strictObject({
  /** `bid-liveness+jwt` */
  assertion: v.pipe(v.string(), v.maxLength(4096)),
});
export type LivenessCompletion = v.InferOutput<typeof LivenessCompletion>;

/** Codes for the rest of a grant, in order; each says in its claims when it holds. */
export const Pack = v.object({ codes: v.array(v.string()), serverTime: ServerTime });
export type Pack = v.InferOutput<typeof Pack>;

/** The right to show a proof, and everything needed to do so. */
export const Shown = v.object({
  /** Whether an application was used for it, or the proof was there already (R7). */
  outcome: v.picklist(['issued', 'existing']),
  proof: Proof,
  holder: MaskedIdentity,
  grant: v.object({ token: v.string(), expiresAt: Instant }),
  pack: Pack,
});
export type Shown = v.InferOutput<typeof Shown>;

export const applicationStatuses = ['started', 'review-pending', 'approved', 'refused'] as const;

/** `GET /v1/applications/{id}`: the outcome, for resuming; never a grant. */
export const ApplicationState = v.object({
  status: v.picklist(applicationStatuses),
  /** Why, when it was refused. */
  reason: v.optional(v.picklist(problemCodes)),
  proof: v.optional(Proof),
});
export type ApplicationState = v.InferOutput<typeof ApplicationState>;

/** One line of `GET /v1/records` (R23). */
export const Record = v.object({
  appliedAt: Instant,
  city: Text,
  status: v.picklist(applicationStatuses),
  reason: v.optional(v.picklist(problemCodes)),
  proof: v.optional(Proof),
});
export type Record = v.InferOutput<typeof Record>;
export const Records = v.object({ since: Instant, records: v.array(Record) });
export type Records = v.InferOutput<typeof Records>;

export const Empty = v.strictObject({});
