import { endedEarly } from '../store/grants.ts';
import { ticketsOfManifest } from '../store/tickets.ts';
import type { Issuer } from './issuer.ts';
import { signToken } from './signed-tokens.ts';

/** The signed denylist: grants ended early, until they would have ended anyway. */
export async function denylist(issuer: Issuer, at: number): Promise<{ denylist: string }> {
  const { policy } = issuer;
  // A gate whose clock is slow still accepts a code for as long as its leeway.
  const revoked = await endedEarly(issuer.store, at - policy.gateLeewaySeconds);
  const claims = {
    iss: issuer.origin,
    iat: at,
    exp: at + policy.denylistMaximumSeconds,
    ttl: policy.denylistSeconds,
    revoked,
  };
  return { denylist: await signToken(issuer.keyring, 'denylist', claims, at) };
}

/** The signed manifest of a station's tickets on one service day (`YYYY-MM-DD`). */
export async function manifest(
  issuer: Issuer,
  station: string,
  day: string,
  at: number,
): Promise<{ manifest: string }> {
  const tickets = await ticketsOfManifest(issuer.store, station, day);
  const claims = { iss: issuer.origin, iat: at, station, day, tickets };
  return { manifest: await signToken(issuer.keyring, 'manifest', claims, at) };
}
