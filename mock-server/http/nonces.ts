import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * DPoP nonces (RFC 9449, section 8) that need no memory: an HMAC of a bucket of time under a key
 * that the servers share. A nonce is accepted in its bucket and the one after.
 */
export interface Nonces {
  /** @param at whole seconds since the epoch */
  current: (at: number) => string;
  accepts: (nonce: string, at: number) => boolean;
}

export function nonces(key: Buffer, nonceSeconds: number): Nonces {
  /** Those of the bucket that was asked for last, and of the one before: they are all that is ever asked for. */
  const made = new Map<number, string>();
  const ofBucket = (bucket: number): string => {
    const nonce =
      made.get(bucket) ??
      createHmac('sha256', key)
        .update(`nonce ${bucket}`)
        .digest()
        .subarray(0, 16)
        .toString('base64url');
    for (const other of made.keys()) if (Math.abs(other - bucket) > 1) made.delete(other);
    made.set(bucket, nonce);
    return nonce;
  };
  const bucketOf = (at: number): number => Math.floor(at / nonceSeconds);
  return {
    current: (at) => ofBucket(bucketOf(at)),
    accepts: (nonce, at) =>
      [bucketOf(at), bucketOf(at) - 1].some((bucket) => isEqual(nonce, ofBucket(bucket))),
  };
}

/** Takes the same time wherever two texts differ. */
export function isEqual(a: string, b: string): boolean {
  const [first, second] = [Buffer.from(a), Buffer.from(b)];
  return first.length === second.length && timingSafeEqual(first, second);
}
