import * as v from 'valibot';

/** The closed list of problems an issuer answers with, each with its HTTP status. */
export const problemStatuses = {
  'invalid-request': 400,
  'unsupported-document': 422,
  'invalid-id-number': 422,
  'first-generation-id-number': 422,
  'invalid-name': 422,
  'consent-required': 422,
  'location-required': 422,
  'proof-still-valid': 409,
  'quota-exhausted': 409,
  'liveness-failed': 403,
  'liveness-expired': 403,
  'liveness-mismatch': 403,
  'review-pending': 202,
  'review-refused': 403,
  'no-valid-proof': 404,
  'verification-required': 401,
  'session-required': 401,
  'session-expired': 401,
  'credential-required': 401,
  'invalid-dpop-proof': 401,
  'use-dpop-nonce': 401,
  'idempotency-conflict': 409,
  'rate-limited': 429,
  'not-found': 404,
  unavailable: 503,
} as const;

export type ProblemCode = keyof typeof problemStatuses;
export const problemCodes = Object.keys(problemStatuses) as [ProblemCode, ...ProblemCode[]];

const typePrefix = 'urn:boarding-id:problem:';

/** The `type` of a problem document (RFC 9457, section 3.1.1). */
export const problemType = (code: ProblemCode): string => `${typePrefix}${code}`;

/**
 * A problem as RFC 9457 sends it. `availableFrom` (seconds since the epoch) says when the same
 * request would go through; `attemptsLeft` how many tries remain.
 */
export const ProblemDocument = v.object({
  type: v.pipe(
    v.string(),
    v.check(
      (type) =>
        type.startsWith(typePrefix) &&
        Object.hasOwn(problemStatuses, type.slice(typePrefix.length)),
    ),
  ),
  title: v.optional(v.string()),
  status: v.number(),
  detail: v.optional(v.string()),
  availableFrom: v.optional(v.number()),
  attemptsLeft: v.optional(v.number()),
});
export type ProblemDocument = v.InferOutput<typeof ProblemDocument>;

/** The code of a problem document that has been validated. */
export const problemCodeOf = (document: ProblemDocument): ProblemCode =>
  document.type.slice(typePrefix.length) as ProblemCode;

/** What a problem may carry besides its code. */
export interface ProblemDetails {
  /** For developers, in English; travellers see the dictionary's text. Never identity. */
  detail?: string;
  /** When the same request would go through, seconds since the epoch. */
  availableFrom?: number;
  /** Seconds after which asking again helps; sent as `Retry-After`. */
  retryAfter?: number;
  attemptsLeft?: number;
}

/** A refusal on its way to whoever asked: thrown by the issuer's rules, met by one handler. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly code: ProblemCode;
  readonly details: ProblemDetails;

  constructor(code: ProblemCode, details: ProblemDetails = {}) {
    super(details.detail ?? code);
    this.code = code;
    this.details = details;
  }
}
