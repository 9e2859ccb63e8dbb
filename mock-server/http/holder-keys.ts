import { calculateJwkThumbprint, importJWK } from 'jose';

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

  /** @throws what jose throws when it is no point of the curve */
  async read(jwk: HolderJwk): Promise<HolderKey> {
    const kept = this.#kept.get(nameOf(jwk));
    if (kept) return kept;
    return { key: await importJWK(jwk, 'ES256'), thumbprint: await calculateJwkThumbprint(jwk) };
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
