import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { madeUpNumber } from '../../mock-server/testbed/people.ts';
import type { ApplicationState, Me, Records } from '../../widget/protocol/messages/holder.ts';
import {
  ask,
  Holder,
  hours,
  minutes,
  noon,
  passLiveness,
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

describe('an application', () => {
  it('comes to a proof of 24 hours, a grant of 30 minutes and 30 codes (R10, R13, R15, R17)', async () => {
    const { status, body } = await holder.obtain({ identity: await someGuest(running) });
    assert.equal(status, 200);
    assert.equal(body.outcome, 'issued');
    assert.equal(body.proof.issuedAt, noon / 1000);
    assert.equal(body.proof.validUntil, noon / 1000 + 86_400);
    assert.equal(body.proof.renewFrom, noon / 1000 + 21 * 3600);
    assert.equal(body.grant.expiresAt, noon / 1000 + 1800);
    assert.equal(body.pack.codes.length, 30);
  });

  it('is open to minors who hold a resident identity card (R8)', async () => {
    const session = await signIn(running, 'minor');
    assert.equal((await holder.obtain({ session })).status, 200);
    const newborn = { name: '林小小', number: madeUpNumber('11', '20270301', '011') };
    const { status } = await holder.apply({
      identity: { ...newborn, documentType: 'resident-id' },
    });
    assert.equal(status, 200);
  });

  it('is refused for every other document, chosen or typed as a resident ID (R5)', async () => {
    const guest = await someGuest(running);
    for (const documentType of ['passport', 'taiwan-permit', 'hong-kong-macao-permit'] as const) {
      const { status, problem } = await holder.apply({ identity: { ...guest, documentType } });
      assert.deepEqual([status, problem], [422, 'unsupported-document']);
    }
    for (const province of ['81', '82', '83', '91']) {
      const number = madeUpNumber(province, '19900307', '021');
      const { problem } = await holder.apply({ identity: { ...guest, number } });
      assert.equal(problem, 'unsupported-document');
    }
    const session = await signIn(running, 'passport');
    assert.equal((await holder.apply({ session })).problem, 'unsupported-document');
  });

  it('says of a wrong number, a first-generation number and a wrong name which it is (R3)', async () => {
    const guest = await someGuest(running);
    const apply = async (change: object) =>
      (await holder.apply({ identity: { ...guest, ...change } })).problem;
    assert.equal(await apply({ number: '119999199003070022' }), 'invalid-id-number');
    assert.equal(await apply({ number: '110101900307002' }), 'first-generation-id-number');
    assert.equal(await apply({ name: 'Zhang' }), 'invalid-name');
  });

  it('needs the consent of a guest (R7) and a known place of everybody (R6)', async () => {
    const identity = await someGuest(running);
    const apply = (body: object) => holder.call('POST', '/v1/applications', { body });
    const without = await apply({ identity, consent: false, place: 'beijing' });
    assert.equal(without.problem, 'consent-required');
    for (const place of ['', 'atlantis']) {
      assert.equal((await apply({ identity, consent: true, place })).problem, 'location-required');
    }
  });

  it('takes either a session or a typed identity (R4, R7)', async () => {
    const session = await signIn(running, 'adult');
    const identity = await someGuest(running);
    const apply = (body: object, options = {}) =>
      holder.call('POST', '/v1/applications', {
        body: { consent: true, place: 'beijing', ...body },
        ...options,
      });
    assert.equal((await apply({})).problem, 'session-required');
    assert.equal((await apply({ identity }, { session })).problem, 'invalid-request');
  });

  it('tells nothing about the person before liveness: only ids, nonces and prompts differ', async () => {
    const [withProof, without] = [await someGuest(running), await someGuest(running)];
    await holder.obtain({ identity: withProof });
    const answers = [
      await holder.apply({ identity: withProof }),
      await holder.apply({ identity: without }),
      await holder.view({ identity: withProof }),
      await holder.view({ identity: without }),
    ];
    for (const { status, body } of answers) {
      assert.equal(status, 200);
      assert.deepEqual(Object.keys(body), ['id', 'liveness']);
    }
    const lengths = answers.slice(0, 2).map(({ body }) => body.id.length);
    assert.equal(lengths[0], lengths[1]);
  });
});

describe('whoever has a valid proof', () => {
  it('is shown that proof on applying again, and no application is used (R7, R11)', async () => {
    const identity = await someGuest(running);
    const first = await holder.obtain({ identity });
    running.time += hours(20);
    const second = await holder.obtain({ identity });
    assert.equal(second.body.outcome, 'existing');
    assert.deepEqual(second.body.proof, first.body.proof);
  });

  it('can apply again from 3 hours before its end, to the second (R11)', async () => {
    const identity = await someGuest(running);
    await holder.obtain({ identity });
    running.time = noon + hours(21) - 1;
    assert.equal((await holder.obtain({ identity })).body.outcome, 'existing');
    running.time = noon + hours(21);
    const renewed = await holder.obtain({ identity });
    assert.equal(renewed.body.outcome, 'issued');
    assert.equal(renewed.body.proof.issuedAt, (noon + hours(21)) / 1000);
  });

  it('loses the codes of the old proof when the new one is issued (R12)', async () => {
    const identity = await someGuest(running);
    running.time = noon;
    await holder.obtain({ identity });
    running.time = noon + hours(22);
    const old = await holder.complete(await holder.view({ identity }));
    const renewed = await holder.obtain({ identity });
    assert.equal(renewed.body.outcome, 'issued');
    const codes = (grant: string) => holder.call('POST', '/v1/codes', { body: {}, grant });
    assert.equal((await codes(old.body.grant.token)).problem, 'verification-required');
    assert.equal((await codes(renewed.body.grant.token)).status, 200);
  });

  it('can look at it until its last second, and no longer (R10, R20)', async () => {
    const identity = await someGuest(running);
    await holder.obtain({ identity });
    running.time = noon + hours(24) - 1;
    const last = await holder.complete(await holder.view({ identity }));
    assert.equal(last.status, 200);
    assert.equal(last.body.grant.expiresAt, (noon + hours(24)) / 1000);
    assert.equal(last.body.pack.codes.length, 1);
    running.time = noon + hours(24);
    const over = await holder.complete(await holder.view({ identity }));
    assert.deepEqual([over.status, over.problem], [404, 'no-valid-proof']);
  });
});

describe('the three applications of a month', () => {
  it('are used by proofs only, and the fourth waits for the next month (R9, R20)', async () => {
    const session = await signIn(running, 'adult');
    for (let used = 0; used < 3; used++) {
      const left = (
        await holder.call<Me>('GET', '/v1/me', { session: await signIn(running, 'adult') })
      ).body;
      assert.equal(left.applicationsLeft, 3 - used);
      const { body } = await holder.obtain({ session: await signIn(running, 'adult') });
      assert.equal(body.outcome, 'issued');
      await holder.complete(await holder.view({ session: await signIn(running, 'adult') }));
      running.time += hours(24);
    }
    const fourth = await holder.obtain({ session: await signIn(running, 'adult') });
    const nextMonth = Date.parse('2027-04-01T00:00:00+08:00');
    assert.deepEqual([fourth.status, fourth.problem], [409, 'quota-exhausted']);
    assert.equal(
      (fourth.body as unknown as { availableFrom: number }).availableFrom,
      nextMonth / 1000,
    );
    running.time = nextMonth;
    assert.equal(
      (await holder.obtain({ session: await signIn(running, 'adult') })).body.outcome,
      'issued',
    );
    assert.equal((await holder.apply({ session })).problem, 'session-expired');
  });

  it('are not used by failed checks (R9)', async () => {
    const session = await signIn(running, 'liveness-fails');
    const failed = await holder.obtain({ session });
    assert.deepEqual([failed.status, failed.problem], [403, 'liveness-failed']);
    const { body } = await holder.call<Me>('GET', '/v1/me', { session });
    assert.equal(body.applicationsLeft, 3);
  });
});

describe('the outcome of an application', () => {
  it('can be asked for by the key that made it, and by no other (R14)', async () => {
    const application = await holder.apply({ identity: await someGuest(running) });
    const path = `/v1/applications/${application.body.id}`;
    assert.equal((await holder.call<ApplicationState>('GET', path)).body.status, 'started');
    await holder.complete(application);
    const { body } = await holder.call<ApplicationState>('GET', path);
    assert.equal(body.status, 'approved');
    assert.ok(body.proof);
    assert.ok(!('grant' in body));
    const other = await Holder.create(running);
    assert.equal((await other.call('GET', path)).problem, 'not-found');
    assert.equal((await other.complete(application)).problem, 'not-found');
    assert.equal((await holder.call('GET', '/v1/applications/made-up')).problem, 'not-found');
  });

  it('comes later when a review takes longer, and then needs a look of its own (R14)', async () => {
    const identity = await someGuest(running);
    await ask(running, 'POST', '/mock/review', { body: { late: true } });
    const application = await holder.apply({ identity });
    const assertion = await passLiveness(running, application);
    const pending = await holder.complete(application, assertion);
    assert.deepEqual([pending.status, pending.problem], [202, 'review-pending']);
    assert.ok(pending.headers.get('Retry-After'));
    assert.equal((await holder.complete(application, assertion)).problem, 'review-pending');
    await ask(running, 'POST', '/mock/review/decisions', { body: { approve: true } });
    const path = `/v1/applications/${application.body.id}`;
    assert.equal((await holder.call<ApplicationState>('GET', path)).body.status, 'approved');
    assert.equal((await holder.complete(await holder.view({ identity }))).status, 200);
  });

  it('B7: whoever types another’s number changes nothing of theirs before a check is passed', async () => {
    const identity = await someGuest(running);
    await holder.obtain({ identity });
    const look = await holder.view({ identity });
    const stranger = await Holder.create(running);
    await stranger.apply({ identity: { ...identity, name: '陌生人' } });
    const shown = await holder.complete(look);
    assert.equal(shown.body.holder.name.at(0), identity.name.at(0));
  });

  it('B7: of whom a check was for, nothing is kept once it has expired', async () => {
    await holder.apply({ identity: await someGuest(running) });
    const kept = () => running.store.selectFrom('liveness_checks').select('identity').execute();
    await running.server.tidy();
    assert.ok((await kept()).some(({ identity }) => identity !== null));
    running.time += minutes(3);
    await running.server.tidy();
    assert.deepEqual([...new Set((await kept()).map(({ identity }) => identity))], [null]);
  });

  it('is told to whoever looks meanwhile, and to whoever looks after a refusal (R14)', async () => {
    const identity = await someGuest(running);
    await ask(running, 'POST', '/mock/review', { body: { late: true } });
    await holder.complete(await holder.apply({ identity }));
    const other = await Holder.create(running);
    const look = await other.view({ identity });
    const assertion = await passLiveness(running, look);
    assert.equal((await other.complete(look, assertion)).problem, 'review-pending');
    assert.equal((await other.complete(look, assertion)).problem, 'review-pending', 'again');
    await ask(running, 'POST', '/mock/review/decisions', { body: { approve: false } });
    const refused = async () => (await other.complete(await other.view({ identity }))).problem;
    assert.equal(await refused(), 'review-refused');
    running.time += hours(24) + 1000;
    assert.equal(await refused(), 'no-valid-proof');
  });

  it('ends the codes of the old proof when a review approves the renewal (R12)', async () => {
    const identity = await someGuest(running);
    await holder.obtain({ identity });
    running.time = noon + hours(22);
    await ask(running, 'POST', '/mock/review', { body: { late: true } });
    await holder.complete(await holder.apply({ identity }));
    const old = await holder.complete(await holder.view({ identity }));
    const codes = () => holder.call('POST', '/v1/codes', { body: {}, grant: old.body.grant.token });
    assert.equal((await codes()).status, 200);
    await ask(running, 'POST', '/mock/review/decisions', { body: { approve: true } });
    assert.equal((await codes()).problem, 'verification-required');
  });

  it('is decided once, though two desks decide the review at once', async () => {
    await ask(running, 'POST', '/mock/review', { body: { late: true } });
    const application = await holder.apply({ identity: await someGuest(running) });
    await holder.complete(application);
    const decide = () =>
      ask<{ decided: number }>(running, 'POST', '/mock/review/decisions', {
        body: { approve: true },
      });
    const [one, other] = await Promise.all([decide(), decide()]);
    assert.equal(one.body.decided + other.body.decided, 1);
    const path = `/v1/applications/${application.body.id}`;
    assert.equal((await holder.call<ApplicationState>('GET', path)).body.status, 'approved');
  });

  it('can be a refusal by the review, which uses no application (R9)', async () => {
    const session = await signIn(running, 'adult');
    await ask(running, 'POST', '/mock/review', { body: { late: true } });
    const application = await holder.apply({ session });
    await holder.complete(application);
    await ask(running, 'POST', '/mock/review/decisions', { body: { approve: false } });
    const path = `/v1/applications/${application.body.id}`;
    const { body } = await holder.call<ApplicationState>('GET', path);
    assert.deepEqual(body, { status: 'refused', reason: 'review-refused' });
    assert.equal((await holder.call<Me>('GET', '/v1/me', { session })).body.applicationsLeft, 3);
  });
});

describe('liveness', () => {
  it('is asked for every time, and an assertion is used once (R13)', async () => {
    const identity = await someGuest(running);
    const first = await holder.apply({ identity });
    const second = await holder.apply({ identity });
    const assertion = await passLiveness(running, first);
    assert.equal((await holder.complete(second, assertion)).problem, 'liveness-mismatch');
    assert.equal((await holder.complete(first, assertion)).status, 200);
    const other = await passLiveness(running, first);
    assert.equal((await holder.complete(first, other)).problem, 'liveness-expired');
  });

  it('of a look can never make a proof', async () => {
    const identity = await someGuest(running);
    const look = await holder.view({ identity });
    const assertion = await passLiveness(running, look);
    assert.equal((await holder.complete(look, assertion)).problem, 'no-valid-proof');
    const application = await holder.apply({ identity });
    assert.equal((await holder.complete(application, assertion)).problem, 'liveness-mismatch');
    const crossed = { ...look, body: { ...look.body, liveness: application.body.liveness } };
    assert.equal((await holder.complete(crossed, assertion)).problem, 'not-found');
  });

  it('runs out after 120 seconds', async () => {
    const application = await holder.apply({ identity: await someGuest(running) });
    running.time += 60_000;
    const assertion = await passLiveness(running, application);
    running.time += 60_000;
    assert.equal((await holder.complete(application, assertion)).problem, 'liveness-expired');
  });

  it('starts the 30 minutes of the grant, not the answer that comes later (R17)', async () => {
    const application = await holder.apply({ identity: await someGuest(running) });
    const assertion = await passLiveness(running, application);
    running.time += 50_000;
    const { body } = await holder.complete(application, assertion);
    assert.equal(body.grant.expiresAt, (noon + minutes(30)) / 1000);
    assert.equal(body.pack.codes.length, 30);
  });

  it('passed twice with the answer lost gives the same proof again (B6)', async () => {
    const application = await holder.apply({ identity: await someGuest(running) });
    const assertion = await passLiveness(running, application);
    const first = await holder.complete(application, assertion);
    const retry = await holder.complete(application, assertion);
    assert.equal(retry.body.outcome, 'issued');
    assert.deepEqual(retry.body.proof, first.body.proof);
    assert.notEqual(retry.body.grant.token, first.body.grant.token);
  });
});

describe('records', () => {
  it('reach back to the same day of last month, with the outcome of each (R23)', async () => {
    const session = async () => signIn(running, 'adult');
    running.time = Date.parse('2027-01-30T12:00:00+08:00');
    await holder.obtain({ session: await session() });
    running.time = Date.parse('2027-02-10T12:00:00+08:00');
    await holder.obtain({ session: await session() });
    running.time += minutes(1);
    await holder.obtain({ session: await session() });
    running.time = Date.parse('2027-03-01T00:00:00+08:00');
    const { body } = await holder.call<Records>('GET', '/v1/records', { session: await session() });
    assert.equal(body.since, Date.parse('2027-02-01T00:00:00+08:00') / 1000);
    assert.deepEqual(
      body.records.map(({ status, reason }) => [status, reason]),
      [
        ['refused', 'proof-still-valid'],
        ['approved', undefined],
      ],
    );
    assert.equal(body.records[0]?.city.zh, '北京市');
  });

  it('are for signed-in users only (R23)', async () => {
    assert.equal((await holder.call('GET', '/v1/records')).problem, 'session-required');
  });
});
