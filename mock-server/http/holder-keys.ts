import { createHash } from 'node:crypto';

/** A public key of P-256, as the header of a DPoP proof shows it. */
export interface HolderJwk {
  kty: 'EC';
  crv: 'P-256';
  x: string;
  y: string;
}

export interface HolderKey {
  key: CryptoKey;
  /** RFC 7638. */
  thumbprint: string;
}

const nameOf = ({ x, y }: HolderJwk): string => `${x} ${y}`;

/** A phone asks several times in a few minutes, and to read a key takes longer than to verify by it. */
export class HolderKeys {
  /** The least recently used first. */
  readonly #kept = new Map<string, HolderKey>();
  readonly #most: number;

  /** @param most how many keys are kept */
  constructor(most: number) {
    this.#most = most;
  }

  /** @throws DOMException when it is no point of the curve */
  async read(jwk: HolderJwk): Promise<HolderKey> {
    const kept = this.#kept.get(nameOf(jwk));
    if (kept) return kept;
    return { key: await importPoint(jwk), thumbprint: thumbprintOf(jwk) };
  }

  /** Only once something has been verified with it: whoever has no key must not push out those of others. */
  keep(jwk: HolderJwk, key: HolderKey): void {
    const name = nameOf(jwk);
    this.#kept.delete(name);
    this.#kept.set(name, key);
    const [oldest] = this.#kept.size > this.#most ? this.#kept.keys() : [];
    if (oldest !== undefined) this.#kept.delete(oldest);
  }
}

const uncompressed = 4;

/** As SEC 1, section 2.3.3, writes a point: from a JWK, Node would look twice whether it is on the curve. */
const importPoint = ({ x, y }: HolderJwk): Promise<CryptoKey> =>
  crypto.subtle.importKey(
    'raw',
    Buffer.concat([
      Buffer.of(uncompressed),
      ...[x, y].map((text) => Buffer.from(text, 'base64url')),
    ]),
    { name: 'ECDSA', namedCurve: 'P-256' },
    false,
    ['verify'],
  );

/** RFC 7638, section 3: these members, in this order. */
const thumbprintOf = ({ crv, kty, x, y }: HolderJwk): string =>
  createHash('sha256').update(JSON.stringify({ crv, kty, x, y })).digest('base64url');
