import { generateKeyPair } from 'jose';
import { decodeBase64url, encodeBase64url } from '../../widget/protocol/code/base64url.ts';
import type { CodeClaims } from '../../widget/protocol/code/claims.ts';
import { mintCode } from '../../widget/protocol/code/mint.ts';
import { NotReached } from './check.ts';

/** The number of points of P-256 (FIPS 186-4, D.1.2.3). */
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

/** Changes the signature, r and s in hexadecimal, of a code in compact form. */
function withSignature(code: string, change: (r: string, s: string) => string): string {
  const [header, payload, signature = ''] = code.split('.');
  const hex = Array.from(decodeBase64url(signature) ?? [], (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
  if (hex.length !== 128) throw new NotReached('a code whose signature is not 64 bytes');
  const changed = change(hex.slice(0, 64), hex.slice(64));
  const bytes = Uint8Array.from(changed.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  return `${header}.${payload}.${encodeBase64url(bytes)}`;
}

/** The same code in another spelling that verifies as well: s → n − s. */
export const twinOf = (code: string): string =>
  withSignature(code, (r, s) => r + (order - BigInt(`0x${s}`)).toString(16).padStart(64, '0'));

/** The code with a signature that holds for nothing. */
export const spoilt = (code: string): string => withSignature(code, (r, s) => s + r);

/** What anybody can write who has no key of the issuer's. */
export async function forged(claims: CodeClaims, kid: string): Promise<string> {
  const { privateKey } = await generateKeyPair('ES256');
  return mintCode(claims, { kid, privateKey });
}
