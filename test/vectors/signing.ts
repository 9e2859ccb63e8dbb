import { createECDH, createHash } from 'node:crypto';
import { bytesOf } from '../../widget/protocol/code/ascii.ts';
import { encodeBase64url } from '../../widget/protocol/code/base64url.ts';

/**
 * Keys and signatures that come out the same in every run, so that the deck can be made again and
 * compared. The keys are published seeds: they are for vectors and for nothing else.
 */

/** Order of P-256 (FIPS 186-5; SEC 2, section 2.4.2). */
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;

export interface VectorKey {
  kid: string;
  secret: bigint;
  jwk: { kty: 'EC'; crv: 'P-256'; alg: 'ES256'; x: string; y: string; kid: string; typ: 'bid' };
}

const hashed = (...parts: (string | Uint8Array)[]): bigint => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return BigInt(`0x${hash.digest('hex')}`);
};

const in32Bytes = (value: bigint): Buffer =>
  Buffer.from(value.toString(16).padStart(64, '0'), 'hex');

/** x and y of a multiple of the curve's base point. */
function pointOf(scalar: bigint): { x: Buffer; y: Buffer } {
  const ecdh = createECDH('prime256v1');
  ecdh.setPrivateKey(in32Bytes(scalar));
  const point = ecdh.getPublicKey();
  return { x: point.subarray(1, 33), y: point.subarray(33) };
}

export function keyOf(kid: string, seed: string): VectorKey {
  const secret = hashed('boarding-id vectors, key ', seed) % order;
  const { x, y } = pointOf(secret);
  const [xText, yText] = [encodeBase64url(x), encodeBase64url(y)];
  return {
    kid,
    secret,
    jwk: { kty: 'EC', crv: 'P-256', alg: 'ES256', x: xText, y: yText, kid, typ: 'bid' },
  };
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (let square = base, rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % order;
    square = (square * square) % order;
  }
  return result;
}

/** ECDSA with a nonce taken from key and text: raw r‖s, 64 bytes. */
export function signVector({ secret }: VectorKey, input: string): Uint8Array {
  const nonce = hashed('nonce', in32Bytes(secret), input) % order;
  const r = BigInt(`0x${pointOf(nonce).x.toString('hex')}`) % order;
  const s = (power(nonce, order - 2n) * (hashed(bytesOf(input)) + r * secret)) % order;
  return Buffer.concat([in32Bytes(r), in32Bytes(s)]);
}

/** The other signature that holds for the same text and key: s → n − s. */
export function twinOf(signature: Uint8Array): Uint8Array {
  const s = BigInt(`0x${Buffer.from(signature.subarray(32)).toString('hex')}`);
  return Buffer.concat([signature.subarray(0, 32), in32Bytes(order - s)]);
}

/** A signature that has the right length and cannot hold: r and s are zero, or not below n. */
export const signatureOf = (r: bigint, s: bigint): Uint8Array =>
  Buffer.concat([in32Bytes(r), in32Bytes(s)]);
export { order };
