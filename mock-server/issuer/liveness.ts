import * as v from 'valibot';
import type { Identity } from '../../widget/protocol/identity.ts';
import type { LivenessTransaction } from '../../widget/protocol/messages/holder.ts';
import { Problem } from '../../widget/protocol/problems.ts';
import type { LivenessCheckRow } from '../store/schema.ts';
import { sealIdentity } from './identities.ts';
import type { Issuer } from './issuer.ts';
import { hashOf } from './references.ts';
import { verifyToken } from './signed-tokens.ts';

/**
 * Orders a liveness check: every application and every look begins with one (R13).
 *
 * @returns the row to be written down, and what the holder is told
 */
export async function beginLiveness(
  issuer: Issuer,
  check: Pick<LivenessCheckRow, 'person' | 'id' | 'purpose' | 'thumbprint'>,
  identity: Identity,
  at: number,
): Promise<{ row: LivenessCheckRow; liveness: LivenessTransaction }> {
  const { purpose, thumbprint } = check;
  const nonce = issuer.random(16).toString('base64url');
  const expiresAt = at + issuer.policy.livenessSeconds;
  const reference = referenceOf(check);
  const { address, prompts } = await issuer.livenessProvider.begin({
    identity,
    reference,
    purpose,
    thumbprint,
    nonce,
    expiresAt,
  });
  const attempts = issuer.policy.livenessAttempts;
  return {
    row: {
      ...check,
      identity: sealIdentity(issuer, identity),
      nonce,
      expires_at: expiresAt,
      assertion_hash: null,
    },
    liveness: { provider: address, purpose, nonce, expiresAt, attempts, prompts },
  };
}

/** What the provider calls a person: another word in every check. */
const referenceOf = ({ person, id }: Pick<LivenessCheckRow, 'person' | 'id'>): string =>
  hashOf(`${person} ${id}`);

/** The claims of a `bid-liveness+jwt`. */
const Assertion = v.object({
  iss: v.string(),
  reference: v.string(),
  purpose: v.picklist(['apply', 'view']),
  nonce: v.string(),
  cnf: v.object({ jkt: v.string() }),
  /** live: it is them; not-live: it is not, for good; review: somebody has to look at it. */
  result: v.picklist(['live', 'not-live', 'review']),
  iat: v.pipe(v.number(), v.integer()),
  exp: v.pipe(v.number(), v.integer()),
});

export interface LivenessResult {
  result: 'live' | 'not-live' | 'review';
  /** When the check was made, never later than now: from here the grant's 30 min run (R17). */
  checkedAt: number;
  /** What the check is marked used with. */
  assertionHash: string;
}

/**
 * Reads an assertion against the check it claims to end.
 *
 * @throws `liveness-expired` when the check or the assertion is over, `liveness-mismatch` when
 *   any field belongs to another check, person, purpose or key, or the token is no assertion
 */
export async function readAssertion(
  issuer: Issuer,
  check: LivenessCheckRow,
  assertion: string,
  at: number,
): Promise<LivenessResult> {
  const token = await verifyToken(issuer.keyring, 'liveness', assertion, {
    audience: issuer.origin,
    at,
  });
  if (!token.ok) {
    throw new Problem(token.reason === 'expired' ? 'liveness-expired' : 'liveness-mismatch');
  }
  const claims = v.safeParse(Assertion, token.claims);
  if (
    !claims.success ||
    claims.output.iss !== issuer.livenessProvider.issuer ||
    claims.output.reference !== referenceOf(check) ||
    claims.output.purpose !== check.purpose ||
    claims.output.nonce !== check.nonce ||
    claims.output.cnf.jkt !== check.thumbprint ||
    claims.output.exp - claims.output.iat > issuer.policy.livenessSeconds
  ) {
    throw new Problem('liveness-mismatch');
  }
  if (at >= check.expires_at) throw new Problem('liveness-expired');
  return {
    result: claims.output.result,
    checkedAt: Math.min(claims.output.iat, at),
    assertionHash: hashOf(assertion),
  };
}
