import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { people } from '../../mock-server/testbed/people.ts';
import type { TypedIdentity } from '../../widget/protocol/messages/holder.ts';
import {
  ask,
  Holder,
  signIn,
  someGuest,
  startIssuer,
  type Answer,
  type RunningIssuer,
} from '../issuer/running-issuer.ts';

let running: RunningIssuer;
let typed: Record<string, TypedIdentity>;

describe('enumeration', () => {
  before(async () => {
    running = await startIssuer();
    const of = (id: string): TypedIdentity => {
      const { name, number } = people.find((person) => person.id === id)!.identity;
      return { name, number, documentType: 'resident-id' };
    };
    await signIn(running, 'no-application-left');
    await signIn(running, 'proof-ends-soon');
    const withProof = await someGuest(running);
    await (await Holder.create(running)).obtain({ identity: withProof });
    const underReview = await someGuest(running);
    await ask(running, 'POST', '/mock/review', { body: { late: true } });
    await (await Holder.create(running)).obtain({ identity: underReview });
    await ask(running, 'POST', '/mock/review', { body: { late: false } });
    typed = {
      'whom nobody knows': await someGuest(running),
      'with a proof': withProof,
      'under review': underReview,
      'with a proof that ends soon': of('proof-ends-soon'),
      'with no application left': of('no-application-left'),
      'whose check never succeeds': of('liveness-fails'),
      'with a proof, by another name': { ...withProof, name: '王大明' },
    };
  });
  after(async () => {
    assert.deepEqual(running.logged, []);
    await running.close();
  });

  /** All that can be told from an answer: what is random in it counts by its length. */
  function shapeOf({ status, headers, body }: Answer): unknown {
    const shape = JSON.stringify(body, (key, value: unknown) => {
      if (key === 'prompts') return (value as string[]).length;
      return typeof value === 'string' && key !== 'purpose' ? value.length : value;
    });
    return { status, headers: [...headers].filter(([name]) => name !== 'date'), shape };
  }

  describe('before liveness an answer says nothing of the person', () => {
    const asks: Record<string, (holder: Holder, identity: TypedIdentity) => Promise<Answer>> = {
      'to an application': (holder, identity) => holder.apply({ identity }),
      'to a look': (holder, identity) => holder.view({ identity }),
      'to an application without a place': (holder, identity) =>
        holder.call('POST', '/v1/applications', { body: { identity, consent: true, place: '' } }),
      'to an application without consent': (holder, identity) =>
        holder.call('POST', '/v1/applications', {
          body: { identity, consent: false, place: 'beijing' },
        }),
      'while it is under way': async (holder, identity) => {
        const { body } = await holder.apply({ identity });
        return holder.call('GET', `/v1/applications/${body.id}`);
      },
    };
    for (const [name, send] of Object.entries(asks)) {
      it(name, async () => {
        const shapes = new Map<string, unknown>();
        for (const [who, identity] of Object.entries(typed)) {
          shapes.set(who, shapeOf(await send(await Holder.create(running), identity)));
        }
        const [first, ...others] = [...shapes];
        for (const [who, shape] of others) assert.deepEqual(shape, first![1], who);
      });
    }
  });

  it('the owner’s list holds their own applications, and of what others tried at most 20', async () => {
    const session = await signIn(running, 'adult');
    const owner = await Holder.create(running);
    const { body } = await owner.obtain({ session });
    running.time += 1000;
    const { name, number } = people.find(({ id }) => id === 'adult')!.identity;
    for (let index = 0; index < 30; index++) {
      const stranger = await Holder.create(running);
      await stranger.apply({ identity: { name, number, documentType: 'resident-id' } });
    }
    const { records } = (
      await owner.call<{ records: { status: string; proof?: object }[] }>('GET', '/v1/records', {
        session,
      })
    ).body;
    assert.equal(records.length, 21);
    assert.deepEqual(records.at(-1)!.proof, body.proof);
  });
});
