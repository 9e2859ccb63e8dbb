import { createHash } from 'node:crypto';
import { compactVerify, decodeProtectedHeader, errors } from 'jose';
import * as v from 'valibot';
import { decodeBase64url } from '../../widget/protocol/code/base64url.ts';
import { Problem } from '../../widget/protocol/problems.ts';
import { rememberDpopProof } from '../store/dpop-proofs.ts';
import type { Store } from '../store/open-store.ts';
import { HolderKeys } from './holder-keys.ts';
import type { Nonces } from './nonces.ts';

/** In its one spelling: with two, one key would have two thumbprints. */
const Coordinate = v.pipe(
  v.string(),
  v.check((text) => decodeBase64url(text)?.length === 32),
);

/** RFC 9449, section 4.2. `iat` must be there but is not compared: the nonce alone proves freshness. */
const ProofHeader = v.object({
  typ: v.literal('dpop+jwt'),
  alg: v.literal('ES256'),
  jwk: v.strictObject({
    kty: v.literal('EC'),
    crv: v.literal('P-256'),
    x: Coordinate,
    y: Coordinate,
  }),
});

const ProofClaims = v.object({
  jti: v.pipe(v.string(), v.minLength(8), v.maxLength(256)),
  htm: v.string(),
  htu: v.string(),
  iat: v.number(),
  nonce: v.optional(v.string()),
  ath: v.optional(v.string()),
});

export interface DpopRequest {
  /** The `DPoP` header. */
  proof: string | undefined;
  method: string;
  /** The configured public origin and the request's path. */
  url: string;
  /** The access token that came along: the grant. */
  accessToken: string | undefined;
  at: number;
}

/**
 * Checks a DPoP proof (RFC 9449, section 4.3).
 *
 * @returns the thumbprint of the holder's key
 * @throws `use-dpop-nonce` when only the nonce is missing or old, `invalid-dpop-proof` otherwise
 */
export async function checkDpop(
  request: DpopRequest,
  nonces: Nonces,
  store: Store,
): Promise<string> {
  const { proof, method, url, accessToken, at } = request;
  if (proof === undefined || proof.length > 4096) throw invalid('exactly one proof is needed');

  const { thumbprint, claims } = await verify(proof);
  if (claims.htm !== method) throw invalid('htm is another method');
  if (!isSameUrl(claims.htu, url)) throw invalid('htu is another address');
  if (claims.ath !== (accessToken && hash(accessToken))) throw invalid('ath is of another token');
  if (claims.nonce === undefined || !nonces.accepts(claims.nonce, at)) {
    throw new Problem('use-dpop-nonce');
  }
  // Scoped by key, so that nobody can use up another holder's identifiers.
  if (!(await rememberDpopProof(store, hash(`${thumbprint} ${claims.jti}`), at))) {
    throw invalid('jti has been seen before');
  }
  return thumbprint;
}

/** Those of the last minutes. */
const holderKeys = new HolderKeys(1000);

const utf8 = new TextDecoder('utf-8', { fatal: true });

async function verify(proof: string) {
  // jose takes padding, white space and stray last bits (RFC 7515, section 2, does not).
  if (!proof.split('.').every(decodeBase64url)) throw invalid('not base64url');
  try {
    const { jwk } = v.parse(ProofHeader, decodeProtectedHeader(proof));
    const holder = await holderKeys.read(jwk);
    const { payload } = await compactVerify(proof, holder.key, { algorithms: ['ES256'] });
    holderKeys.keep(jwk, holder);
    return {
      thumbprint: holder.thumbprint,
      claims: v.parse(ProofClaims, JSON.parse(utf8.decode(payload))),
    };
  } catch (thrown) {
    if (thrown instanceof v.ValiError) throw invalid('header or claims are not those of a proof');
    if (
      thrown instanceof errors.JOSEError ||
      thrown instanceof SyntaxError ||
      thrown instanceof TypeError ||
      thrown instanceof DOMException
    ) {
      throw invalid('not a signed proof');
    }
    throw thrown;
  }
}

/** Without query and fragment (RFC 9449, section 4.3, item 9). */
function isSameUrl(claimed: string, url: string): boolean {
  if (!URL.canParse(claimed)) return false;
  const { origin, pathname, username, password } = new URL(claimed);
  return origin + pathname === url && username + password === '';
}

const hash = (text: string): string => createHash('sha256').update(text).digest('base64url');

const invalid = (detail: string): Problem => new Problem('invalid-dpop-proof', { detail });
