import * as v from 'valibot';
import { documentTypes } from '../documents.ts';
import { Policy } from '../policy.ts';

/** Whole seconds since the epoch. */
export const Instant = v.pipe(v.number(), v.integer(), v.minValue(0));

/** The server's clock, in milliseconds since the epoch: phones set their offset by it (B3). */
export const ServerTime = v.number();

/** A text in both languages of the service. */
export const Text = v.object({ zh: v.string(), en: v.string() });

/** `GET /.well-known/boarding-id` */
export const Metadata = v.object({
  issuer: v.string(),
  serverTime: ServerTime,
  policy: Policy,
  documents: v.array(v.picklist(documentTypes)),
  languages: v.array(v.string()),
  /** Where the liveness provider listens. */
  livenessProvider: v.string(),
  /** Where people can sign in, with an issuer that plays the host app as well: a mock's, and only there. */
  mockSignIn: v.optional(v.string()),
  endpoints: v.object({ jwks: v.string(), api: v.string(), openapi: v.string() }),
});
export type Metadata = v.InferOutput<typeof Metadata>;

/** A public key as published: `typ` says for which kind of token it is pinned. */
export const PublicKey = v.object({
  kty: v.literal('EC'),
  crv: v.literal('P-256'),
  alg: v.literal('ES256'),
  x: v.string(),
  y: v.string(),
  kid: v.string(),
  typ: v.string(),
});
export type PublicKey = v.InferOutput<typeof PublicKey>;

/** `GET /.well-known/jwks.json` */
export const KeySet = v.object({ keys: v.array(PublicKey) });
export type KeySet = v.InferOutput<typeof KeySet>;
