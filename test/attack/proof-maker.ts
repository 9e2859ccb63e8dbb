import { createHash } from 'node:crypto';
import { exportJWK, type JWK } from 'jose';
import type { Store } from '../../mock-server/store/open-store.ts';
import { Holder, origin, someGuest, type RunningIssuer } from '../issuer/running-issuer.ts';

export const path = '/v1/codes';

/** What a proof is made of, before it is a text. */
export interface Parts {
  header: Record<string, unknown>;
  claims: Record<string, unknown>;
  /** Instead of the header as JSON. */
  headerText?: string;
  claimsText?: string;
  /** Instead of the holder's ES256. */
  sign?: (input: Uint8Array<ArrayBuffer>) => Promise<Uint8Array> | Uint8Array;
}

export const base64url = (content: string | Uint8Array): string =>
  Buffer.from(content).toString('base64url');

export const ath = (token: string): string =>
  createHash('sha256').update(token).digest('base64url');

/** By WebCrypto with any key: `sign` of {@link Parts}. */
export const signing =
  (key: CryptoKey, parameters: AlgorithmIdentifier | EcdsaParams | RsaPssParams) =>
  async (input: Uint8Array<ArrayBuffer>): Promise<Uint8Array> =>
    new Uint8Array(await crypto.subtle.sign(parameters, key, input));

export const es256 = { name: 'ECDSA', hash: 'SHA-256' };

/** A holder with a grant, whose proofs can be spoiled in every part before they are signed. */
export class ProofMaker {
  readonly running: RunningIssuer;
  readonly holder: Holder;
  readonly grant: string;
  readonly jwk: JWK;

  private constructor(running: RunningIssuer, holder: Holder, grant: string, jwk: JWK) {
    this.running = running;
    this.holder = holder;
    this.grant = grant;
    this.jwk = jwk;
  }

  static async create(running: RunningIssuer): Promise<ProofMaker> {
    const holder = await Holder.create(running);
    const { body } = await holder.obtain({ identity: await someGuest(running) });
    const { kty, crv, x, y } = await exportJWK(holder.keys.publicKey);
    return new ProofMaker(running, holder, body.grant.token, {
      kty: kty!,
      crv: crv!,
      x: x!,
      y: y!,
    });
  }

  /** What a good proof is made of; another identifier each time. */
  good(): Parts {
    return {
      header: { alg: 'ES256', typ: 'dpop+jwt', jwk: this.jwk },
      claims: {
        jti: crypto.randomUUID(),
        htm: 'POST',
        htu: origin + path,
        iat: 0,
        nonce: this.holder.nonce,
        ath: ath(this.grant),
      },
    };
  }

  async text(parts: Parts = this.good()): Promise<string> {
    const { header, claims, headerText, claimsText, sign } = parts;
    const input = `${base64url(headerText ?? JSON.stringify(header))}.${base64url(claimsText ?? JSON.stringify(claims))}`;
    const own = signing(this.holder.keys.privateKey, es256);
    return `${input}.${base64url(await (sign ?? own)(new TextEncoder().encode(input)))}`;
  }

  /** A proof with members of its header changed; `undefined` leaves one out. */
  withHeader(change: object, rest: Partial<Parts> = {}): Promise<string> {
    const good = this.good();
    return this.text({ ...good, header: { ...good.header, ...change }, ...rest });
  }

  withClaims(change: object, rest: Partial<Parts> = {}): Promise<string> {
    const good = this.good();
    return this.text({ ...good, claims: { ...good.claims, ...change }, ...rest });
  }
}

const tables = new WeakMap<Store, string[]>();

/** Everything in the store, by table, but those named. */
export async function contentOf(
  store: Store,
  but: readonly string[] = [],
): Promise<Record<string, string[]>> {
  const names =
    tables.get(store) ?? (await store.introspection.getTables()).map(({ name }) => name);
  tables.set(store, names);
  const content: Record<string, string[]> = {};
  for (const name of names) {
    if (but.includes(name)) continue;
    const rows = await store
      .selectFrom(name as 'settings')
      .selectAll()
      .execute();
    content[name] = rows.map((row) => JSON.stringify(row)).sort();
  }
  return content;
}
