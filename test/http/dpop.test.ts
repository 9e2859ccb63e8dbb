import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import { exportJWK, generateKeyPair, SignJWT, type JWK } from 'jose';
import { ask, origin, startIssuer, type RunningIssuer } from '../issuer/running-issuer.ts';

let running: RunningIssuer;
let nonce: string;
let keys: CryptoKeyPair;
let jwk: JWK;
beforeEach(async () => {
  running = await startIssuer();
  const metadata = await ask(running, 'GET', '/.well-known/boarding-id');
  nonce = metadata.headers.get('DPoP-Nonce')!;
  keys = await generateKeyPair('ES256', { extractable: true });
  const { kty, crv, x, y } = await exportJWK(keys.publicKey);
  jwk = { kty: kty!, crv: crv!, x: x!, y: y! };
});
afterEach(async () => {
  assert.deepEqual(running.logged, []);
  await running.close();
});

interface Change {
  header?: object;
  claims?: object;
  key?: CryptoKey;
}

async function proof({ header = {}, claims = {}, key = keys.privateKey }: Change = {}) {
  const own = { jti: crypto.randomUUID(), htm: 'POST', htu: `${origin}/v1/places`, nonce };
  return new SignJWT({ ...own, iat: 0, ...claims })
    .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk, ...header })
    .sign(key);
}

const send = (DPoP: string | undefined) =>
  ask(running, 'POST', '/v1/places', {
    body: { latitude: 39.9, longitude: 116.4 },
    headers: DPoP === undefined ? {} : { DPoP },
  });

const refused = async (change: Change, problem = 'invalid-dpop-proof') => {
  const answer = await send(await proof(change));
  assert.deepEqual([answer.status, answer.problem], [401, problem]);
  assert.ok(answer.headers.get('DPoP-Nonce'));
  assert.match(answer.headers.get('WWW-Authenticate') ?? '', /^DPoP error="/);
};

describe('a DPoP proof', () => {
  it('opens a call, whatever the phone’s clock says (B3)', async () => {
    for (const iat of [0, 4_000_000_000]) {
      assert.equal((await send(await proof({ claims: { iat } }))).status, 200);
    }
  });

  it('is needed', async () => {
    const answer = await send(undefined);
    assert.deepEqual([answer.status, answer.problem], [401, 'invalid-dpop-proof']);
  });

  it('has its method, address and type', async () => {
    await refused({ claims: { htm: 'GET' } });
    await refused({ claims: { htu: `${origin}/v1/codes` } });
    await refused({ claims: { htu: 'https://elsewhere.example/v1/places' } });
    await refused({ claims: { htu: 'not an address' } });
    await refused({ header: { typ: 'JWT' } });
    await refused({ header: { typ: undefined } });
  });

  it('may carry a query in its address, which does not count', async () => {
    const answer = await send(await proof({ claims: { htu: `${origin}/v1/places?x=1#y` } }));
    assert.equal(answer.status, 200);
  });

  it('is signed by the key it shows, which is public and of P-256', async () => {
    const other = await generateKeyPair('ES256');
    await refused({ key: other.privateKey });
    await refused({ header: { jwk: await exportJWK(keys.privateKey) } });
    const p384 = await generateKeyPair('ES384', { extractable: true });
    const jwk384 = await exportJWK(p384.publicKey);
    await refused({ header: { alg: 'ES384', jwk: jwk384 }, key: p384.privateKey });
    await refused({ header: { jwk: undefined } });
    await refused({ header: { jwk: { kty: 'oct', k: 'c2VjcmV0' } } });
  });

  it('has its key read once, and again each time while nothing is verified by it', async () => {
    const other = await generateKeyPair('ES256');
    const importKey = mock.method(crypto.subtle, 'importKey');
    const reads = async (change: Change, status: number) => {
      const sent = await proof(change);
      const before = importKey.mock.callCount();
      assert.equal((await send(sent)).status, status);
      return importKey.mock.callCount() - before;
    };
    const counts = [
      await reads({ key: other.privateKey }, 401),
      await reads({ key: other.privateKey }, 401),
      await reads({}, 200),
      await reads({}, 200),
    ];
    importKey.mock.restore();
    assert.deepEqual(counts, [1, 1, 1, 0]);
  });

  it('is used once', async () => {
    const once = await proof();
    assert.equal((await send(once)).status, 200);
    const again = await send(once);
    assert.deepEqual([again.status, again.problem], [401, 'invalid-dpop-proof']);
  });

  it('needs an identifier', async () => {
    await refused({ claims: { jti: undefined } });
    await refused({ claims: { jti: '' } });
  });

  it('needs the server’s nonce: a missing, foreign or old one is asked for again', async () => {
    await refused({ claims: { nonce: undefined } }, 'use-dpop-nonce');
    await refused({ claims: { nonce: 'made-up' } }, 'use-dpop-nonce');
    running.time += 120_000;
    assert.equal((await send(await proof())).status, 200);
    running.time += 120_000;
    await refused({}, 'use-dpop-nonce');
  });

  it('is bound to the access token that comes along', async () => {
    const answer = await ask(running, 'POST', '/v1/codes', {
      body: {},
      headers: {
        DPoP: await proof({ claims: { htu: `${origin}/v1/codes`, ath: 'another' } }),
        Authorization: 'DPoP some-grant',
      },
    });
    assert.equal(answer.problem, 'invalid-dpop-proof');
    await refused({ claims: { ath: 'of-no-token' } });
  });

  it('cannot be replaced by a bearer token', async () => {
    const answer = await ask(running, 'POST', '/v1/codes', {
      body: {},
      headers: { Authorization: 'Bearer some-grant', DPoP: await proof() },
    });
    assert.equal(answer.problem, 'verification-required');
  });

  it('that is no JWS at all is refused', async () => {
    for (const text of ['x', 'a.b.c', 'a'.repeat(5000), '.', 'e30.e30.']) {
      assert.equal((await send(text)).problem, 'invalid-dpop-proof');
    }
  });
});
