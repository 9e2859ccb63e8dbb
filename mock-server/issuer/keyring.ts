import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { createPrivateKey, sign, type KeyObject } from 'node:crypto';
import type { CodeSigningKey } from '../../widget/protocol/code/mint.ts';
import { codeType } from '../../widget/protocol/code/claims.ts';
import type { KeySet, PublicKey } from '../../widget/protocol/messages/metadata.ts';
import type { Store } from '../store/open-store.ts';
import { keyKinds, type KeyKind, type SigningKeyRow } from '../store/schema.ts';
import { addSigningKey, signingKeys } from '../store/signing-keys.ts';

/** The `typ` that tokens of each kind carry; a key signs one kind only. */
export const tokenTypes: Record<KeyKind, string> = {
  code: codeType,
  manifest: 'bid-tickets+jwt',
  denylist: 'bid-denylist+jwt',
  liveness: 'bid-liveness+jwt',
  session: 'bid-session+jwt',
};

/** The kinds that gates verify; the others are between the issuer, its provider and its hosts. */
const publishedKinds: readonly KeyKind[] = ['code', 'manifest', 'denylist'];

const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };

/** How long another server's new key may go unnoticed; a key is published that long before it signs. */
const reloadSeconds = 10;

export interface Keyring {
  /** The key that signs now. */
  signing: (kind: KeyKind, at: number) => Promise<CodeSigningKey>;
  /** The public key that `kid` names, if it is of that kind. */
  verifying: (kind: KeyKind, kid: string, at: number) => Promise<CryptoKey | undefined>;
  published: (at: number) => Promise<KeySet>;
  /** Adds a key of a kind that signs from `signsFrom` on; the earlier ones go on verifying until they are withdrawn. */
  rotate: (kind: KeyKind, signsFrom: number) => Promise<string>;
}

interface LoadedKey extends CodeSigningKey {
  kind: KeyKind;
  signsFrom: number;
  publicKey: CryptoKey;
  publicJwk: PublicKey;
}

/**
 * Opens the keys in the store, making the first of each kind. Keys are looked at again after
 * {@link reloadSeconds}, so they rotate without a restart; where the store fails then, those that are known
 * go on until it is looked at the next time.
 *
 * @param reloadFailed told why they could not be looked at again
 * @throws the store's error when they cannot be opened at all
 */
export async function openKeyring(
  store: Store,
  at: number,
  reloadFailed: (error: unknown) => void = () => {},
): Promise<Keyring> {
  let keys = await load(store);
  let loadedAt = at;
  for (const kind of keyKinds) {
    if (!keys.some((key) => key.kind === kind)) await addKey(store, kind, 1, 0);
  }
  keys = await load(store);

  const current = async (now: number): Promise<LoadedKey[]> => {
    if (Math.abs(now - loadedAt) >= reloadSeconds) {
      loadedAt = now;
      try {
        keys = await load(store, keys);
      } catch (thrown) {
        reloadFailed(thrown);
      }
    }
    return keys;
  };

  return {
    signing: async (kind, now) => {
      const ofKind = (await current(now)).filter((candidate) => candidate.kind === kind);
      // A clock set back to before the first that is left finds it published for long.
      const key = ofKind.findLast(({ signsFrom }) => signsFrom <= now) ?? ofKind[0];
      if (!key) throw new Error(`There is no ${kind} key.`);
      return key;
    },
    verifying: async (kind, kid, now) =>
      (await current(now)).find((key) => key.kind === kind && key.kid === kid)?.publicKey,
    published: async (now) => ({
      keys: (await current(now))
        .filter(({ kind }) => publishedKinds.includes(kind))
        .map(({ publicJwk }) => publicJwk),
    }),
    rotate: async (kind, signsFrom) => {
      const taken = keys.filter((key) => key.kind === kind).map(({ kid }) => counterOf(kid));
      // Never one that was withdrawn: a gate that has been cut off would take the new key for the old.
      const kid = await addKey(store, kind, Math.max(0, ...taken) + 1, signsFrom);
      keys = await load(store, keys);
      return kid;
    },
  };
}

const counterOf = (kid: string): number => Number.parseInt(kid.slice(1), 36);

/** Takes the first free `kid`: the kind's initial and a counter in base 36, at most 4 characters. */
async function addKey(
  store: Store,
  kind: KeyKind,
  firstCounter: number,
  signsFrom: number,
): Promise<string> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = JSON.stringify(await exportJWK(privateKey));
  for (let counter = firstCounter; ; counter++) {
    const kid = kind.charAt(0) + counter.toString(36);
    if (await addSigningKey(store, { kid, kind, private_jwk: jwk, signs_from: signsFrom })) {
      return kid;
    }
    // Two servers that start at once both make a first key: the one that comes late uses the other's.
    if (signsFrom === 0) return kid;
  }
}

async function load(store: Store, known: LoadedKey[] = []): Promise<LoadedKey[]> {
  const rows = await signingKeys(store);
  return Promise.all(
    rows.map(async (row) => known.find(({ kid }) => kid === row.kid) ?? (await importKey(row))),
  );
}

async function importKey(row: SigningKeyRow): Promise<LoadedKey> {
  const jwk = JSON.parse(row.private_jwk) as JWK & { x: string; y: string };
  const publicJwk: PublicKey = {
    kty: 'EC',
    crv: 'P-256',
    alg: 'ES256',
    x: jwk.x,
    y: jwk.y,
    kid: row.kid,
    typ: tokenTypes[row.kind],
  };
  return {
    kid: row.kid,
    kind: row.kind,
    signsFrom: row.signs_from,
    privateKey: await crypto.subtle.importKey('jwk', jwk, algorithm, false, ['sign']),
    sign: signingBy(createPrivateKey({ key: jwk, format: 'jwk' })),
    publicKey: await crypto.subtle.importKey('jwk', publicJwk, algorithm, false, ['verify']),
    publicJwk,
  };
}

/** In Node's threads, as WebCrypto does it, with half the work on the main one (`sign` called back). */
const signingBy =
  (key: KeyObject): NonNullable<CodeSigningKey['sign']> =>
  (input) =>
    new Promise((resolve, reject) => {
      sign('sha256', input, { key, dsaEncoding: 'ieee-p1363' }, (error, signature) =>
        error ? reject(error) : resolve(signature),
      );
    });
