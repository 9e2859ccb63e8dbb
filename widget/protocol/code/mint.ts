import { bytesOf } from './ascii.ts';
import { encodeBase64url } from './base64url.ts';
import { claimsText, headerText, jtiFor, type CodeClaims } from './claims.ts';
import { sign } from './signature.ts';

/** The issuer's signing half of the key that `kid` names. */
export interface CodeSigningKey {
  /** At most 4 characters of `A–Z a–z 0–9 _ -`. */
  kid: string;
  privateKey: CryptoKey;
  /** Signs in place of WebCrypto, by the same key: ES256, 64 bytes. */
  sign?: (input: Uint8Array<ArrayBuffer>) => Promise<Uint8Array>;
}

/**
 * Signs one code: a compact JWS (RFC 7515, section 3.1) with ES256.
 *
 * @throws RangeError for a `kid` that no verifier would read
 */
export async function mintCode(claims: CodeClaims, key: CodeSigningKey): Promise<string> {
  return signed(headerOf(key), claims, key);
}

/** The rest of a grant for which codes are wanted. Instants are whole seconds since the epoch. */
export interface PackRequest {
  grantId: string;
  /** The first counter not yet used under this grant. */
  firstCounter: number;
  /** The first window opens here. */
  from: number;
  /** The last window closes here: the earlier of the grant's and the proof's end. */
  until: number;
  /** Length of a window, in seconds. */
  codeSeconds: number;
  /** Pseudonym of the person on the service day of an instant. */
  subjectAt: (at: number) => string;
}

/** The windows of a pack; the last one may be short. */
export function packClaims(request: PackRequest): CodeClaims[] {
  const claims: CodeClaims[] = [];
  let counter = request.firstCounter;
  for (let nbf = request.from; nbf < request.until; nbf += request.codeSeconds) {
    claims.push({
      jti: jtiFor(request.grantId, counter++),
      sub: request.subjectAt(nbf),
      nbf,
      exp: Math.min(nbf + request.codeSeconds, request.until),
    });
  }
  return claims;
}

/**
 * Signs every code of a pack, in the order of its windows.
 *
 * @throws RangeError for a `kid` that no verifier would read
 */
export async function mintPack(request: PackRequest, key: CodeSigningKey): Promise<string[]> {
  const header = headerOf(key);
  return Promise.all(packClaims(request).map((claims) => signed(header, claims, key)));
}

function headerOf({ kid }: CodeSigningKey): string {
  if (!/^[\w-]{1,4}$/.test(kid))
    throw new RangeError(`kid is not 1 to 4 of A–Z a–z 0–9 _ -: ${kid}`);
  return encodeBase64url(bytesOf(headerText(kid)));
}

async function signed(header: string, claims: CodeClaims, key: CodeSigningKey): Promise<string> {
  const input = `${header}.${encodeBase64url(bytesOf(claimsText(claims)))}`;
  const signature = await (key.sign?.(bytesOf(input)) ?? sign(key.privateKey, bytesOf(input)));
  return `${input}.${encodeBase64url(signature)}`;
}
