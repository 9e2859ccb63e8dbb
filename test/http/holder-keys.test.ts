import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  calculateJwkThumbprint,
  CompactSign,
  compactVerify,
  exportJWK,
  generateKeyPair,
} from 'jose';
import { HolderKeys, type HolderJwk } from '../../mock-server/http/holder-keys.ts';

async function someJwk(): Promise<HolderJwk> {
  const { publicKey } = await generateKeyPair('ES256', { extractable: true });
  const { x, y } = await exportJWK(publicKey);
  return { kty: 'EC', crv: 'P-256', x: x!, y: y! };
}

describe('the keys of holders', () => {
  it('verify what their holder signs, and have the thumbprint that jose computes', async () => {
    const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true });
    const { x, y } = await exportJWK(publicKey);
    const jwk: HolderJwk = { kty: 'EC', crv: 'P-256', x: x!, y: y! };
    const { key, thumbprint } = await new HolderKeys(1).read(jwk);
    const signed = new CompactSign(new Uint8Array(8)).setProtectedHeader({ alg: 'ES256' });
    await compactVerify(await signed.sign(privateKey), key);
    assert.equal(thumbprint, await calculateJwkThumbprint(jwk));
  });

  it('are read anew until they are kept', async () => {
    const [keys, jwk] = [new HolderKeys(2), await someJwk()];
    const read = await keys.read(jwk);
    assert.notEqual(await keys.read(jwk), read);
    keys.keep(jwk, read);
    assert.equal(await keys.read(jwk), read);
  });

  it('make room by the one that was used least recently', async () => {
    const keys = new HolderKeys(2);
    const jwks = [await someJwk(), await someJwk(), await someJwk()] as const;
    const use = async (jwk: HolderJwk) => {
      const key = await keys.read(jwk);
      keys.keep(jwk, key);
      return key;
    };
    const [first, second] = [await use(jwks[0]), await use(jwks[1])];
    assert.equal(await use(jwks[0]), first);
    const third = await use(jwks[2]);
    assert.equal(await keys.read(jwks[0]), first);
    assert.equal(await keys.read(jwks[2]), third);
    assert.notEqual(await keys.read(jwks[1]), second);
  });

  it('that are no point of the curve are refused, and none of them is kept', async () => {
    const [keys, jwk] = [new HolderKeys(2), await someJwk()];
    await assert.rejects(keys.read({ ...jwk, y: jwk.x }));
  });
});
