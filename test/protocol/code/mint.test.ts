import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { compactVerify } from 'jose';
import { encodeBase64url } from '../../../widget/protocol/code/base64url.ts';
import { checkCode } from '../../../widget/protocol/code/check.ts';
import { grantIdOf } from '../../../widget/protocol/code/claims.ts';
import {
  mintCode,
  mintPack,
  packClaims,
  type PackRequest,
} from '../../../widget/protocol/code/mint.ts';
import { parseCode, readClaims } from '../../../widget/protocol/code/parse.ts';
import { policy } from '../../../widget/protocol/policy.ts';
import { dayOf, startOfDay } from '../../../widget/protocol/shanghai-time.ts';
import { claims, entry, gate, keys, kid, mint, now, sub, ticket } from './scene.ts';

const request: PackRequest = {
  grantId: 'Gr4nt-_0',
  firstCounter: 0,
  from: now,
  until: now + policy.grantSeconds,
  codeSeconds: policy.codeSeconds,
  subjectAt: () => sub,
};
const key = { kid, privateKey: keys.privateKey };

describe('a code', () => {
  it('is a compact JWS that jose takes too, with the header and claims of the contract', async () => {
    const { payload, protectedHeader } = await compactVerify(await mint(), keys.publicKey);
    assert.deepEqual(protectedHeader, { alg: 'ES256', kid, typ: 'bid' });
    assert.deepEqual(JSON.parse(new TextDecoder().decode(payload)), claims);
  });

  it('B7: carries nothing but its id, a pseudonym and two times', async () => {
    const { payload } = await compactVerify(await mint(), keys.publicKey);
    const members = JSON.parse(new TextDecoder().decode(payload)) as object;
    assert.deepEqual(Object.keys(members), ['jti', 'sub', 'nbf', 'exp']);
  });

  it('is not made under a key name that no verifier would read', async () => {
    for (const wrong of ['', 'k1234', 'k"', 'k 1', 'é', '../', 'k1\n']) {
      const wrongKey = { kid: wrong, privateKey: keys.privateKey };
      await assert.rejects(mintCode(claims, wrongKey), RangeError, wrong);
      await assert.rejects(mintPack(request, wrongKey), RangeError, wrong);
    }
  });
});

describe('a pack', () => {
  it('B1, R17: covers 30 minutes with 30 codes, window after window without a gap', () => {
    const windows = packClaims(request);
    assert.equal(windows.length, 30);
    assert.equal(windows[0]?.nbf, now);
    assert.equal(windows.at(-1)?.exp, now + 1800);
    for (const [index, { nbf, exp }] of windows.entries()) {
      assert.equal(exp - nbf, policy.codeSeconds);
      if (index > 0) assert.equal(nbf, windows[index - 1]?.exp);
    }
  });

  it('starts its windows at the grant, not at the wall minute', () => {
    const windows = packClaims({ ...request, from: now + 17, until: now + 17 + 1800 });
    assert.equal(windows.length, 30);
    assert.equal(windows[0]?.nbf, now + 17);
  });

  it('R10: ends with the proof when that comes first, the last window being short', () => {
    const windows = packClaims({ ...request, until: now + 90 });
    assert.deepEqual(
      windows.map(({ nbf, exp }) => [nbf - now, exp - now]),
      [
        [0, 60],
        [60, 90],
      ],
    );
  });

  it('R16: asked for late, holds what is left of the grant', () => {
    const windows = packClaims({ ...request, firstCounter: 30, from: now + 1000 });
    assert.equal(windows.length, 14);
    assert.equal(windows.at(-1)?.exp, now + 1800);
    assert.equal(windows.at(-1)?.nbf, now + 1780);
  });

  it('is empty when nothing is left', () => {
    assert.deepEqual(packClaims({ ...request, until: now }), []);
    assert.deepEqual(packClaims({ ...request, until: now - 1 }), []);
  });

  it('never repeats a counter, within a pack or over all the packs of a grant', () => {
    const seen = new Set<string>();
    let firstCounter = 0;
    for (let pack = 0; pack < policy.packsPerGrant; pack++) {
      const windows = packClaims({ ...request, firstCounter });
      for (const window of windows) {
        assert.equal(grantIdOf(window), request.grantId);
        seen.add(window.jti);
      }
      firstCounter += windows.length;
    }
    assert.equal(seen.size, policy.packsPerGrant * 30);
  });

  it('changes its pseudonym with the service day, at midnight in Shanghai', () => {
    const midnight = startOfDay('2026-03-02');
    const asked: number[] = [];
    const windows = packClaims({
      ...request,
      from: midnight - 90,
      until: midnight + 90,
      subjectAt: (at) => {
        asked.push(at);
        return dayOf(at);
      },
    });
    assert.deepEqual(
      windows.map((window) => [window.nbf - midnight, window.sub]),
      [
        [-90, '2026-03-01'],
        [-30, '2026-03-01'],
        [30, '2026-03-02'],
      ],
    );
    assert.deepEqual(
      asked,
      windows.map(({ nbf }) => nbf),
    );
  });

  it('of any grant is contiguous, in bounds and no longer than it must be', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2e9 }),
        fc.integer({ min: -100, max: 4000 }),
        fc.integer({ min: 1, max: 600 }),
        fc.nat(1800),
        (from, length, codeSeconds, firstCounter) => {
          const until = from + length;
          const windows = packClaims({ ...request, from, until, codeSeconds, firstCounter });
          assert.equal(windows.length, Math.max(0, Math.ceil(length / codeSeconds)));
          let next = from;
          for (const { nbf, exp } of windows) {
            assert.equal(nbf, next);
            assert.ok(exp > nbf && exp - nbf <= codeSeconds && exp <= until);
            next = exp;
          }
          if (windows.length > 0) assert.equal(next, until);
        },
      ),
      { seed: 13, numRuns: 500 },
    );
  });

  it('is signed by another way than WebCrypto, where the key brings one', async () => {
    const mark = new Uint8Array(64).fill(7);
    const codes = await mintPack(request, { ...key, sign: async () => mark });
    assert.ok(codes.length > 1);
    for (const code of codes) assert.equal(code.split('.')[2], encodeBase64url(mark));
  });

  it('minted, is a code for each window, in order, and each is admitted in its window', async () => {
    const codes = await mintPack(request, key);
    const windows = packClaims(request);
    assert.equal(codes.length, windows.length);
    for (const [index, code] of codes.entries()) {
      const parsed = parseCode(code);
      assert.ok(parsed.ok);
      assert.deepEqual(readClaims(parsed.code.payload), windows[index]);
      const at = windows[index]?.nbf ?? 0;
      const day = { ...ticket, validUntil: now + 86_400 };
      const { verifier } = gate({
        ticketsOf: () => [day],
        denylist: { revoked: new Set(), issuedAt: at },
      });
      assert.equal((await checkCode(entry(code, { at }), verifier)).admitted, true);
    }
  });
});

it('claims are read back exactly as they were written, whatever they are', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ minLength: 6, maxLength: 6 }),
      fc.nat(36 ** 4 - 1),
      fc.uint8Array({ minLength: 16, maxLength: 16 }),
      fc.nat(1e15 - 61),
      async (grant, counter, person, nbf) => {
        const written = {
          jti: encodeBase64url(grant) + counter.toString(36),
          sub: encodeBase64url(person),
          nbf,
          exp: nbf + 60,
        };
        const parsed = parseCode(await mintCode(written, key));
        assert.ok(parsed.ok);
        assert.deepEqual(readClaims(parsed.code.payload), written);
      },
    ),
    { seed: 14, numRuns: 300 },
  );
});
