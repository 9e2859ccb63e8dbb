import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { decodeJwt, SignJWT, type JWTPayload } from 'jose';
import type { LivenessRequired, TypedIdentity } from '../../widget/protocol/messages/holder.ts';
import {
  Holder,
  minutes,
  noon,
  passLiveness,
  someGuest,
  startIssuer,
  type Answer,
  type RunningIssuer,
} from '../issuer/running-issuer.ts';
import { contentOf } from './proof-maker.ts';

const at = noon / 1000;

let running: RunningIssuer;
let holder: Holder;
let identity: TypedIdentity;
let required: Answer<LivenessRequired>;
let assertion: string;

describe('a liveness assertion', () => {
  beforeEach(async () => {
    running = await startIssuer();
    holder = await Holder.create(running);
    identity = await someGuest(running);
    required = await holder.apply({ identity });
    assertion = await passLiveness(running, required);
  });
  afterEach(async () => {
    assert.deepEqual(running.logged, []);
    await running.close();
  });

  /** By the provider's own key. */
  async function signed(claims: JWTPayload): Promise<string> {
    const { kid, privateKey } = await running.server.issuer.keyring.signing('liveness', at);
    return new SignJWT(claims)
      .setProtectedHeader({ alg: 'ES256', kid, typ: 'bid-liveness+jwt' })
      .sign(privateKey);
  }

  const changed = (change: object): Promise<string> =>
    signed({ ...decodeJwt(assertion), ...change });

  /** The assertion that another check came to, which is good there. */
  const ofAnother = async (another: Holder, purpose: 'apply' | 'view', who: TypedIdentity) =>
    passLiveness(running, await another[purpose]({ identity: who }));

  async function refused(problem: string, swapped: string): Promise<void> {
    const but = ['seen_dpop_proofs'];
    const content = await contentOf(running.store, but);
    assert.equal((await holder.complete(required, swapped)).problem, problem);
    assert.deepEqual(await contentOf(running.store, but), content);
    // Nothing was used up by it.
    assert.equal((await holder.complete(required, assertion)).status, 200);
  }

  const mismatch = 'liveness-mismatch';

  describe('a liveness assertion does not end another check', () => {
    it('of the same person with the same key', async () => {
      await refused(mismatch, await ofAnother(holder, 'apply', identity));
    });

    it('of the same person with another key', async () => {
      await refused(mismatch, await ofAnother(await Holder.create(running), 'apply', identity));
    });

    it('of another person with the same key', async () => {
      await refused(mismatch, await ofAnother(holder, 'apply', await someGuest(running)));
    });

    it('of another purpose', async () => {
      await refused(mismatch, await ofAnother(holder, 'view', identity));
    });
  });

  describe('a liveness assertion with one thing swapped is refused', () => {
    const swaps: Record<string, [change: object, problem: string]> = {
      'the nonce': [{ nonce: Buffer.alloc(16).toString('base64url') }, mismatch],
      'no nonce': [{ nonce: undefined }, mismatch],
      'the person': [{ reference: Buffer.alloc(32).toString('base64url') }, mismatch],
      'no person': [{ reference: undefined }, mismatch],
      'the key': [{ cnf: { jkt: Buffer.alloc(32).toString('base64url') } }, mismatch],
      'no key': [{ cnf: undefined }, mismatch],
      'the purpose': [{ purpose: 'view' }, mismatch],
      'a purpose that there is not': [{ purpose: 'entry' }, mismatch],
      'a result that there is not': [{ result: 'LIVE' }, mismatch],
      'no result': [{ result: undefined }, mismatch],
      'the provider': [{ iss: 'https://elsewhere.example' }, mismatch],
      'no provider': [{ iss: undefined }, mismatch],
      'the issuer it is for': [{ aud: 'https://elsewhere.example' }, mismatch],
      'no issuer it is for': [{ aud: undefined }, mismatch],
      'its end, now': [{ iat: at - 60, exp: at }, 'liveness-expired'],
      'its end, long ago': [{ iat: at - 7200, exp: at - 7100 }, 'liveness-expired'],
      'no end': [{ exp: undefined }, mismatch],
      'an end that is a text': [{ exp: String(at + 60) }, mismatch],
      'its beginning, to come': [{ iat: at + 11, exp: at + 120 }, mismatch],
      'its beginning, next year': [{ iat: at + 31_536_000, exp: at + 31_536_060 }, mismatch],
      'its beginning behind its end': [{ iat: at + 3600, exp: at + 60 }, mismatch],
      'no beginning': [{ iat: undefined }, mismatch],
      'a beginning within a second': [{ iat: at - 0.5 }, mismatch],
      'not valid yet': [{ nbf: at + 11 }, mismatch],
      'a life of 121 seconds': [{ iat: at, exp: at + 121 }, mismatch],
      'a life of a day': [{ iat: at - 86_400, exp: at + 60 }, mismatch],
    };
    for (const [name, [change, problem]] of Object.entries(swaps)) {
      it(name, async () => refused(problem, await changed(change)));
    }

    it('none, when nothing is swapped', async () => {
      assert.equal((await holder.complete(required, await changed({}))).status, 200);
    });

    it('none, by a provider whose clock is 10 s ahead; the grant counts from now', async () => {
      const answer = await holder.complete(
        required,
        await changed({ iat: at + 10, exp: at + 120 }),
      );
      assert.equal(answer.body.grant.expiresAt, at + 30 * 60);
    });
  });

  describe('a liveness assertion is used once', () => {
    it('again, by the key it is for, it gets what was lost and no second proof', async () => {
      const first = await holder.complete(required, assertion);
      const second = await holder.complete(required, assertion);
      assert.deepEqual(second.body.proof, first.body.proof);
      assert.equal((await contentOf(running.store))['proofs']!.length, 1);
    });

    it('another for the same check is refused', async () => {
      await holder.complete(required, assertion);
      const another = await changed({ iat: at - 1, exp: at + 60 });
      assert.equal((await holder.complete(required, another)).problem, 'liveness-expired');
    });

    it('by another key the check is not to be found', async () => {
      const thief = await Holder.create(running);
      assert.equal((await thief.complete(required, assertion)).problem, 'not-found');
    });

    it('at the path of another kind the check is not to be found', async () => {
      const path = `/v1/views/${required.body.id}/liveness`;
      const answer = await holder.call('POST', path, { body: { assertion } });
      assert.equal(answer.problem, 'not-found');
    });

    it('after sign-out it opens nothing any more', async () => {
      await holder.complete(required, assertion);
      await holder.call('DELETE', '/v1/grants');
      assert.equal((await holder.complete(required, assertion)).problem, 'liveness-expired');
    });

    it('after two minutes it opens nothing any more', async () => {
      running.time += minutes(2);
      assert.equal((await holder.complete(required, assertion)).problem, 'liveness-expired');
    });
  });

  it('a review that is not through leaves the name as it was', async () => {
    await holder.complete(required, assertion);
    const before = (await contentOf(running.store))['identities'];
    const stranger = await Holder.create(running);
    required = await stranger.apply({ identity: { ...identity, name: '王大明' } });
    assertion = await passLiveness(running, required);
    const answer = await stranger.complete(required, await changed({ result: 'review' }));
    assert.equal(answer.problem, 'review-pending');
    assert.deepEqual((await contentOf(running.store))['identities'], before);
  });
});
