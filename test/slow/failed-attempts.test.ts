import assert from 'node:assert/strict';
import { it } from 'node:test';
import { people } from '../../mock-server/testbed/people.ts';
import type { Me, Records, TypedIdentity } from '../../widget/protocol/messages/holder.ts';
import { Holder, passLiveness, signIn, startIssuer } from '../issuer/running-issuer.ts';

const attempts = 10_000;
const keys = 200;

it(`${attempts} failed checks of somebody, with ${keys} keys, cost them nothing (R9)`, async () => {
  const running = await startIssuer();
  const victim = people.find(({ id }) => id === 'adult')!.identity;
  const session = await signIn(running, 'adult');
  const owner = await Holder.create(running);
  const me = async () => (await owner.call<Me>('GET', '/v1/me', { session })).body;
  const before = await me();

  // The number is right, the name is not theirs: the mock's provider finds another face.
  const identity: TypedIdentity = { ...victim, name: '王大明', documentType: 'resident-id' };
  const strangers = await Promise.all(Array.from({ length: keys }, () => Holder.create(running)));
  for (let round = 0; round < attempts / keys; round++) {
    // A device may ask 120 times a minute.
    running.time += 2000;
    for (const stranger of strangers) {
      const required = await stranger.apply({ identity });
      const assertion = await passLiveness(running, required);
      const answer = await stranger.complete(required, assertion);
      assert.equal(answer.problem, 'liveness-failed');
    }
  }

  assert.deepEqual(await me(), before);
  const start = performance.now();
  const { body } = await owner.obtain({ session });
  assert.equal(body.outcome, 'issued');
  assert.equal((await me()).applicationsLeft, before.applicationsLeft - 1);
  const { records } = (await owner.call<Records>('GET', '/v1/records', { session })).body;
  assert.equal(records.length, 21);
  assert.deepEqual(records[0]!.proof, body.proof);
  assert.ok(performance.now() - start < 5000, 'the owner waits for none of it');
  assert.deepEqual(running.logged, []);
  await running.close();
});
