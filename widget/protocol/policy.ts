import * as v from 'valibot';

const seconds = v.pipe(v.number(), v.integer(), v.minValue(1));
const count = v.pipe(v.number(), v.integer(), v.minValue(1));

/**
 * Every period and limit of the service, in one place. Periods are whole seconds.
 * An issuer publishes its own in its metadata, and the component obeys those.
 */
export const Policy = v.object({
  /** Life of one code (R15). */
  codeSeconds: seconds,
  /** Life of a grant, from the liveness check (R17). */
  grantSeconds: seconds,
  /** Life of a proof, from the moment of issue (R10). */
  proofSeconds: seconds,
  /** How long before a proof ends the next one can be applied for (R11). */
  renewBeforeSeconds: seconds,
  /** Successful applications of one person in one calendar month (R9). */
  applicationsPerMonth: count,
  /** Life of a liveness transaction and of the assertion that ends it. */
  livenessSeconds: seconds,
  /** Tries within one liveness transaction. */
  livenessAttempts: count,
  /** Longest life of a host session token. */
  sessionSeconds: seconds,
  /** Fresh packs one grant may ask for. */
  packsPerGrant: count,
  /** How wrong a gate's clock may be, either way (B3). */
  gateLeewaySeconds: seconds,
  /** A lane that reads one code twice within this repeats its verdict. */
  repeatSeconds: seconds,
  /** How often a gate fetches the denylist. */
  denylistSeconds: seconds,
  /**
   * The denylist's age at which entry fails closed. No longer than a grant's life: a list older
   * than every live grant says nothing about any of them.
   */
  denylistMaximumSeconds: seconds,
  /** How long a DPoP nonce is accepted, and a proof's `jti` remembered. */
  nonceSeconds: seconds,
  /** How long the answer to an `Idempotency-Key` is kept. */
  idempotencySeconds: seconds,
});
export type Policy = v.InferOutput<typeof Policy>;

export const policy: Policy = {
  codeSeconds: 60,
  grantSeconds: 30 * 60,
  proofSeconds: 24 * 60 * 60,
  renewBeforeSeconds: 3 * 60 * 60,
  applicationsPerMonth: 3,
  livenessSeconds: 120,
  livenessAttempts: 3,
  sessionSeconds: 15 * 60,
  packsPerGrant: 60,
  gateLeewaySeconds: 10,
  repeatSeconds: 3,
  denylistSeconds: 60,
  denylistMaximumSeconds: 30 * 60,
  nonceSeconds: 120,
  idempotencySeconds: 10 * 60,
};
