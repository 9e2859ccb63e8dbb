/**
 * ES256 (RFC 7518, section 3.4): ECDSA on P-256 with SHA-256, the signature as raw r‖s in 64 bytes.
 * In one place, so that minting, checking and the tests against public vectors do the same.
 */

const algorithm = { name: 'ECDSA', hash: 'SHA-256' };

/** Signs; 64 bytes. */
export const sign = async (
  privateKey: CryptoKey,
  input: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> =>
  new Uint8Array(await crypto.subtle.sign(algorithm, privateKey, input));

/**
 * Whether a signature holds. A signature has a twin, s → n − s, that holds too: whoever counts
 * uses must not count signatures.
 */
export const verify = (
  publicKey: CryptoKey,
  signature: Uint8Array<ArrayBuffer>,
  input: Uint8Array<ArrayBuffer>,
): Promise<boolean> => crypto.subtle.verify(algorithm, publicKey, signature, input);
