import { errors, jwtVerify } from 'jose';
import * as v from 'valibot';
import type { Denylist } from '../protocol/code/check.ts';
import { codeType } from '../protocol/code/claims.ts';
import { DenylistClaims, Manifest } from '../protocol/messages/gate.ts';
import type { KeySet } from '../protocol/messages/metadata.ts';

const denylistType = 'bid-denylist+jwt';
const manifestType = 'bid-tickets+jwt';

/** The issuer's public keys, each pinned to the one kind of token it is published for. */
export interface PinnedKeys {
  /** For codes, by `kid`. */
  codes: ReadonlyMap<string, CryptoKey>;
  /** For every kind, by `typ` and `kid` with a space between. */
  byKind: ReadonlyMap<string, CryptoKey>;
}

/** @throws DOMException when a member of the set is not a P-256 point. */
export async function pinKeys({ keys }: KeySet): Promise<PinnedKeys> {
  const codes = new Map<string, CryptoKey>();
  const byKind = new Map<string, CryptoKey>();
  const imported = await Promise.all(
    keys.map(async ({ kty, crv, x, y, kid, typ }) => ({
      kid,
      typ,
      key: await crypto.subtle.importKey(
        'jwk',
        { kty, crv, x, y },
        { name: 'ECDSA', namedCurve: 'P-256' },
        false,
        ['verify'],
      ),
    })),
  );
  for (const { kid, typ, key } of imported) {
    byKind.set(`${typ} ${kid}`, key);
    if (typ === codeType) codes.set(kid, key);
  }
  return { codes, byKind };
}

/** By whom and when a list must have been signed. */
export interface Expected {
  keys: PinnedKeys;
  /** The issuer's origin, the `iss` of what it signs. */
  issuer: string;
  /** Whole seconds since the epoch. */
  at: number;
  /** How wrong this gate's clock may be, seconds. */
  leewaySeconds: number;
}

/** The denylist of a `bid-denylist+jwt`, or nothing if it does not verify. */
export async function readDenylist(
  token: string,
  expected: Expected,
): Promise<Denylist | undefined> {
  const claims = await readSigned(token, denylistType, DenylistClaims, expected);
  return claims && { revoked: new Set(claims.revoked), issuedAt: claims.iat };
}

/** The manifest of a `bid-tickets+jwt` if it is the one asked for, or nothing. */
export async function readManifest(
  token: string,
  { station, day }: { station: string; day: string },
  expected: Expected,
): Promise<Manifest | undefined> {
  const claims = await readSigned(token, manifestType, Manifest, expected);
  return claims?.station === station && claims.day === day ? claims : undefined;
}

async function readSigned<S extends v.GenericSchema>(
  token: string,
  typ: string,
  schema: S,
  { keys, issuer, at, leewaySeconds }: Expected,
): Promise<v.InferOutput<S> | undefined> {
  try {
    const { payload } = await jwtVerify(
      token,
      ({ kid }) => {
        const key = keys.byKind.get(`${typ} ${kid}`);
        if (!key) throw new errors.JWKSNoMatchingKey();
        return key;
      },
      {
        algorithms: ['ES256'],
        typ,
        issuer,
        currentDate: new Date(at * 1000),
        clockTolerance: leewaySeconds,
      },
    );
    const read = v.safeParse(schema, payload);
    return read.success ? read.output : undefined;
  } catch (thrown) {
    if (thrown instanceof errors.JOSEError) return undefined;
    throw thrown;
  }
}
