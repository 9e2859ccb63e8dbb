import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { decodeJwt } from 'jose';
import type { Pack } from '../../widget/protocol/messages/holder.ts';
import {
  Holder,
  hours,
  minutes,
  noon,
  signIn,
  someGuest,
  startIssuer,
  type RunningIssuer,
} from './running-issuer.ts';

let running: RunningIssuer;
let holder: Holder;
beforeEach(async () => {
  running = await startIssuer();
  holder = await Holder.create(running);
});
afterEach(async () => {
  assert.deepEqual(running.logged, []);
  await running.close();
});

const refresh = (grant: string, by = holder) =>
  by.call<Pack>('POST', '/v1/codes', { body: {}, grant });

describe('the codes of a grant', () => {
  it('follow each other without a gap, 60 seconds each, to the end of the grant (R15, R17)', async () => {
    const { body } = await holder.obtain({ identity: await someGuest(running) });
    const windows = body.pack.codes.map((code) => decodeJwt<{ nbf: number; exp: number }>(code));
    assert.equal(windows[0]?.nbf, noon / 1000);
    assert.equal(windows.at(-1)?.exp, body.grant.expiresAt);
    for (const [index, { nbf, exp }] of windows.entries()) {
      assert.ok(exp - nbf <= 60);
      assert.equal(nbf, windows[index - 1]?.exp ?? nbf);
    }
    assert.equal(body.pack.serverTime, noon);
  });

  it('are new from the moment of 刷新, with counters of their own (R16)', async () => {
    const { body } = await holder.obtain({ identity: await someGuest(running) });
    running.time += 25_000;
    const fresh = await refresh(body.grant.token);
    assert.equal(fresh.body.codes.length, 30);
    const ids = [...body.pack.codes, ...fresh.body.codes].map((code) => decodeJwt(code).jti);
    assert.equal(new Set(ids).size, 60);
    const [first, last] = [fresh.body.codes[0]!, fresh.body.codes.at(-1)!].map((code) =>
      decodeJwt(code),
    );
    assert.equal(first?.nbf, (noon + 25_000) / 1000);
    assert.equal(last!.exp! - last!.nbf!, 35);
  });

  it('end 30 minutes after the liveness check (R17)', async () => {
    const { body } = await holder.obtain({ identity: await someGuest(running) });
    running.time = noon + minutes(30) - 1;
    assert.equal((await refresh(body.grant.token)).body.codes.length, 1);
    running.time = noon + minutes(30);
    assert.equal((await refresh(body.grant.token)).problem, 'verification-required');
  });

  it('go out in 60 fresh packs at most', async () => {
    const { body } = await holder.obtain({ identity: await someGuest(running) });
    for (let pack = 0; pack < 60; pack++) {
      assert.equal((await refresh(body.grant.token)).status, 200);
    }
    const refused = await refresh(body.grant.token);
    assert.deepEqual([refused.status, refused.problem], [429, 'rate-limited']);
    assert.ok(Number(refused.headers.get('Retry-After')) > 0);
  });

  it('carry the pseudonym of the service day they are shown on', async () => {
    running.time = Date.parse('2027-03-01T23:45:00+08:00');
    const { body } = await holder.obtain({ identity: await someGuest(running) });
    const subjects = body.pack.codes.map((code) => decodeJwt(code).sub);
    assert.equal(new Set(subjects.slice(0, 15)).size, 1);
    assert.equal(new Set(subjects.slice(15)).size, 1);
    assert.notEqual(subjects[0], subjects[15]);
  });
});

describe('a grant', () => {
  it('is bound to the key it was opened for', async () => {
    const { body } = await holder.obtain({ identity: await someGuest(running) });
    const thief = await Holder.create(running);
    assert.equal((await refresh(body.grant.token, thief)).problem, 'verification-required');
  });

  it('is one a person: another device ends it', async () => {
    const identity = await someGuest(running);
    const first = await holder.obtain({ identity });
    const other = await Holder.create(running);
    const second = await other.complete(await other.view({ identity }));
    assert.equal((await refresh(first.body.grant.token)).problem, 'verification-required');
    assert.equal((await refresh(second.body.grant.token, other)).status, 200);
  });

  it('ends by sign-out, which needs the key alone (R19)', async () => {
    const { body } = await holder.obtain({ session: await signIn(running, 'adult') });
    running.time += hours(0.25);
    assert.equal((await holder.call('DELETE', '/v1/grants')).status, 204);
    assert.equal((await refresh(body.grant.token)).problem, 'verification-required');
  });

  it('of another key survives that key’s sign-out', async () => {
    const { body } = await holder.obtain({ identity: await someGuest(running) });
    const other = await Holder.create(running);
    assert.equal((await other.call('DELETE', '/v1/grants')).status, 204);
    assert.equal((await refresh(body.grant.token)).status, 200);
  });

  it('made up or missing is asked for by a liveness check', async () => {
    assert.equal((await refresh('made-up')).problem, 'verification-required');
    const none = await holder.call('POST', '/v1/codes', { body: {} });
    assert.equal(none.problem, 'verification-required');
  });
});
