import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Pack } from '../../widget/protocol/messages/holder.ts';
import { ask, minutes, origin, startIssuer, type RunningIssuer } from '../issuer/running-issuer.ts';
import { badGrants, badNonces, badProofs } from './bad-proofs.ts';
import { contentOf, path, ProofMaker } from './proof-maker.ts';

let running: RunningIssuer;
let maker: ProofMaker;

describe('DPoP', () => {
  before(async () => {
    running = await startIssuer();
    maker = await ProofMaker.create(running);
  });
  after(async () => {
    assert.deepEqual(running.logged, []);
    await running.close();
  });

  const send = (headers: Record<string, string>) =>
    ask<Pack>(running, 'POST', path, { body: {}, headers });

  const withProof = (proof: string) => send({ DPoP: proof, Authorization: `DPoP ${maker.grant}` });

  /** @param but tables that may change: a proof that is good is used up, whatever comes of the call */
  async function refused(
    problem: string,
    request: () => ReturnType<typeof send>,
    but: readonly string[] = [],
  ): Promise<void> {
    const content = await contentOf(running.store, but);
    const answer = await request();
    assert.deepEqual([answer.status, answer.problem], [401, problem]);
    assert.ok(answer.headers.get('DPoP-Nonce'));
    assert.match(answer.headers.get('WWW-Authenticate') ?? '', /^DPoP/);
    assert.deepEqual(await contentOf(running.store, but), content);
  }

  describe('a bad DPoP proof is refused and changes nothing', () => {
    for (const [name, make] of Object.entries(badProofs)) {
      it(name, () => refused('invalid-dpop-proof', async () => withProof(await make(maker))));
    }

    it('none at all', () =>
      refused('invalid-dpop-proof', () => send({ Authorization: `DPoP ${maker.grant}` })));

    it('one that was used', async () => {
      const proof = await maker.text();
      assert.equal((await withProof(proof)).status, 200);
      await refused('invalid-dpop-proof', () => withProof(proof));
    });

    it('one that was used, with the twin of its signature', async () => {
      const proof = await maker.text();
      assert.equal((await withProof(proof)).status, 200);
      await refused('invalid-dpop-proof', () => withProof(twinOf(proof)));
    });

    it('one with the identifier of another that was used', async () => {
      const { jti } = maker.good().claims;
      assert.equal((await withProof(await maker.withClaims({ jti }))).status, 200);
      await refused('invalid-dpop-proof', async () => withProof(await maker.withClaims({ jti })));
    });
  });

  describe('a DPoP proof that lacks the server’s nonce is asked for again and changes nothing', () => {
    for (const [name, make] of Object.entries(badNonces)) {
      it(name, () => refused('use-dpop-nonce', async () => withProof(await make(maker))));
    }

    it('an old nonce', async () => {
      const proof = await maker.text();
      running.time += minutes(4);
      await refused('use-dpop-nonce', () => withProof(proof));
      running.time -= minutes(4);
    });

    it('a nonce to come', async () => {
      running.time += minutes(10);
      const { headers } = await ask(running, 'GET', '/.well-known/boarding-id');
      running.time -= minutes(10);
      const nonce = headers.get('DPoP-Nonce');
      await refused('use-dpop-nonce', async () => withProof(await maker.withClaims({ nonce })));
    });
  });

  describe('a grant that is not shown by its own key is refused and changes nothing', () => {
    for (const [name, make] of Object.entries(badGrants)) {
      it(name, () =>
        refused('verification-required', async () => send(await make(maker)), ['seen_dpop_proofs']),
      );
    }
  });

  describe('a DPoP proof goes through', () => {
    const good: Record<string, () => Promise<string>> = {
      'as it should be': () => maker.text(),
      'whatever its iat (B3)': () => maker.withClaims({ iat: 4_000_000_000 }),
      'with query and fragment in htu (RFC 9449, section 4.3)': () =>
        maker.withClaims({ htu: `${origin}${path}?x=1#y` }),
      'with a host in capitals and the scheme’s port in htu (RFC 3986, section 6.2)': () =>
        maker.withClaims({ htu: `HTTPS://ISSUER.EXAMPLE:443${path}` }),
      'with claims that this service does not know': () => maker.withClaims({ more: 'x' }),
    };
    for (const [name, make] of Object.entries(good)) {
      it(name, async () => assert.equal((await withProof(await make())).status, 200));
    }
  });

  /** Of (r, s), (r, n − s): as good a signature, by whoever has the first. */
  function twinOf(proof: string): string {
    const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
    const [head, body, signature] = proof.split('.');
    const bytes = Buffer.from(signature!, 'base64url');
    const s = BigInt(`0x${bytes.subarray(32).toString('hex')}`);
    const twin = Buffer.from((order - s).toString(16).padStart(64, '0'), 'hex');
    return [head, body, Buffer.concat([bytes.subarray(0, 32), twin]).toString('base64url')].join(
      '.',
    );
  }
});
