import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { people } from '../../mock-server/testbed/people.ts';
import type { Me } from '../../widget/protocol/messages/holder.ts';
import { readResidentId } from '../../widget/protocol/resident-id.ts';
import { readName } from '../../widget/protocol/person-name.ts';
import {
  ask,
  Holder,
  hours,
  noon,
  signIn,
  someGuest,
  startIssuer,
  type RunningIssuer,
} from '../issuer/running-issuer.ts';

let running: RunningIssuer;
beforeEach(async () => {
  running = await startIssuer();
});
afterEach(() => running.close());

const meOf = async (person: string) => {
  const holder = await Holder.create(running);
  const session = await signIn(running, person);
  return (await holder.call<Me>('GET', '/v1/me', { session })).body;
};

describe('the testbed’s people', () => {
  it('have well-formed names and numbers of a county that was never given out', () => {
    for (const { identity } of people.filter((person) => person.id !== 'passport')) {
      assert.ok(readName(identity.name).ok);
      assert.ok(readResidentId(identity.number, noon / 1000).ok);
      assert.equal(identity.number.slice(2, 6), '9999');
    }
  });

  it('are never told about: the list carries no name and no number (B7)', async () => {
    const { body } = await ask<object[]>(running, 'GET', '/mock/people');
    const text = JSON.stringify(body);
    for (const { identity } of people) {
      assert.ok(!text.includes(identity.name) && !text.includes(identity.number));
    }
  });

  it('stand for their situation at every sign-in, also days later', async () => {
    for (const time of [noon, noon + hours(72)]) {
      running.time = time;
      assert.equal((await meOf('no-application-left')).applicationsLeft, 0);
      const soon = await meOf('proof-ends-soon');
      assert.equal(soon.proof!.validUntil - time / 1000, 2 * 3600 + 50 * 60);
      assert.ok(soon.proof!.renewFrom <= time / 1000);
      assert.equal((await meOf('passport')).documentType, 'passport');
      assert.equal((await meOf('adult')).applicationsLeft, 3);
    }
  });

  it('cannot be impersonated under another name: liveness fails', async () => {
    const holder = await Holder.create(running);
    const { number } = people[0]!.identity;
    const identity = { name: '不是本人', number, documentType: 'resident-id' } as const;
    assert.equal((await holder.obtain({ identity })).problem, 'liveness-failed');
  });
});

describe('the testbed’s liveness provider', () => {
  it('lets fail twice with tries left, and gives its word the third time', async () => {
    const holder = await Holder.create(running);
    const session = await signIn(running, 'liveness-fails');
    const { body } = await holder.apply({ session });
    const attempt = () =>
      ask(running, 'POST', new URL(body.liveness.provider).pathname, {
        body: { camera: false, prompts: [] },
      });
    assert.deepEqual((await attempt()).body, { attemptsLeft: 2 });
    assert.deepEqual((await attempt()).body, { attemptsLeft: 1 });
    assert.deepEqual(Object.keys((await attempt()).body as object), ['assertion']);
  });

  it('knows no transaction but its own', async () => {
    const { problem } = await ask(running, 'POST', '/mock/liveness/made-up', {
      body: { camera: true, prompts: [] },
    });
    assert.equal(problem, 'not-found');
  });
});

describe('the testbed’s clock', () => {
  it('advances what the issuer takes for now, and can be set back to the real time', async () => {
    const advance = (advanceSeconds: number | null) =>
      ask(running, 'POST', '/mock/clock', { body: { advanceSeconds } });
    const serverTime = async () =>
      (await ask<{ serverTime: number }>(running, 'GET', '/.well-known/boarding-id')).body
        .serverTime;
    await advance(3600);
    assert.equal(await serverTime(), noon + hours(1));
    await advance(null);
    assert.equal(await serverTime(), noon);
    assert.equal(
      (await ask(running, 'POST', '/mock/clock', { body: {} })).problem,
      'invalid-request',
    );
  });
});

describe('the testbed’s faults', () => {
  it('happen to the issuer’s calls until they are taken back', async () => {
    const fault = (body: object) => ask(running, 'POST', '/mock/faults', { body });
    await fault({ unavailable: true });
    const broken = await ask(running, 'GET', '/.well-known/boarding-id');
    assert.deepEqual([broken.status, broken.problem], [503, 'unavailable']);
    assert.equal(broken.headers.get('Access-Control-Allow-Origin'), '*');
    await fault({});
    assert.equal((await ask(running, 'GET', '/.well-known/boarding-id')).status, 200);
  });
});

describe('the testbed’s ticket office', () => {
  it('sells to guests and to people, and refuses what is no identity and no train', async () => {
    const sell = (body: object) => ask(running, 'POST', '/mock/tickets', { body });
    const train = { kind: 'single', train: 'G901' };
    assert.equal((await sell({ ...train, identity: await someGuest(running) })).status, 200);
    assert.equal((await sell({ ...train, person: 'minor' })).status, 200);
    assert.equal((await sell({ ...train, person: 'nobody' })).problem, 'not-found');
    assert.equal((await sell({ ...train, train: 'X1', person: 'minor' })).problem, 'not-found');
    assert.equal((await sell(train)).problem, 'invalid-request');
  });
});
