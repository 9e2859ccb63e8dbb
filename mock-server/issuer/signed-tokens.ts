import { decodeProtectedHeader, jwtVerify, SignJWT, errors, type JWTPayload } from 'jose';
import type { KeyKind } from '../store/schema.ts';
import { tokenTypes, type Keyring } from './keyring.ts';

/** Signs a JWT of one kind with that kind's key. */
export async function signToken(
  keyring: Keyring,
  kind: KeyKind,
  claims: JWTPayload,
  at: number,
): Promise<string> {
  const { kid, privateKey } = await keyring.signing(kind, at);
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'ES256', kid, typ: tokenTypes[kind] })
    .sign(privateKey);
}

export type TokenResult =
  { ok: true; claims: JWTPayload } | { ok: false; reason: 'expired' | 'invalid' };

/** How far the clock of whoever signs may be ahead, seconds. */
const aheadSeconds = 10;

/** Verifies a JWT of one kind: `alg`, `typ` and `kid` pinned, audience and life checked. */
export async function verifyToken(
  keyring: Keyring,
  kind: KeyKind,
  token: string,
  expected: { audience: string; at: number },
): Promise<TokenResult> {
  try {
    const { kid = '' } = decodeProtectedHeader(token);
    const key = await keyring.verifying(kind, kid, expected.at);
    if (!key) return { ok: false, reason: 'invalid' };
    const { payload } = await jwtVerify(token, key, {
      algorithms: ['ES256'],
      typ: tokenTypes[kind],
      audience: expected.audience,
      currentDate: new Date(expected.at * 1000),
      requiredClaims: ['iat', 'exp'],
    });
    // Otherwise a life counted from `iat` could lie in any year.
    const isBegun = Number(payload.iat) <= expected.at + aheadSeconds;
    return isBegun ? { ok: true, claims: payload } : { ok: false, reason: 'invalid' };
  } catch (thrown) {
    if (thrown instanceof errors.JWTExpired) return { ok: false, reason: 'expired' };
    if (thrown instanceof errors.JOSEError || thrown instanceof TypeError) {
      return { ok: false, reason: 'invalid' };
    }
    throw thrown;
  }
}
