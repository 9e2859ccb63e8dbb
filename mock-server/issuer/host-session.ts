import * as v from 'valibot';
import { Problem } from '../../widget/protocol/problems.ts';
import type { HostSession, Issuer } from './issuer.ts';
import { verifyToken } from './signed-tokens.ts';

const SessionClaims = v.object({
  iss: v.string(),
  sub: v.string(),
  /** Reference to the verified identity. */
  identity: v.string(),
  iat: v.number(),
  exp: v.number(),
});

/**
 * Reads the host app's `bid-session+jwt`: made by it, for this issuer, for 15 minutes at most.
 *
 * @throws `session-expired` past its end, `session-required` for anything else that is not one
 */
export async function readHostSession(
  issuer: Issuer,
  token: string,
  at: number,
): Promise<HostSession> {
  const result = await verifyToken(issuer.keyring, 'session', token, {
    audience: issuer.origin,
    at,
  });
  if (!result.ok) {
    throw new Problem(result.reason === 'expired' ? 'session-expired' : 'session-required');
  }
  const claims = v.safeParse(SessionClaims, result.claims);
  if (
    !claims.success ||
    claims.output.iss !== issuer.hostApp ||
    claims.output.exp - claims.output.iat > issuer.policy.sessionSeconds
  ) {
    throw new Problem('session-required');
  }
  return { user: claims.output.sub, identity: claims.output.identity };
}
