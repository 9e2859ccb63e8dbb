import assert from 'node:assert/strict';
import { endedEarly } from '../../../mock-server/store/grants.ts';
import type { Shown } from '../../../widget/protocol/messages/holder.ts';
import { Holder, hours, noon, passLiveness, type Answer } from '../../issuer/running-issuer.ts';
import { residentNumber } from '../../races/cast.ts';
import { unkept, unsent } from '../points.ts';
import type { Deed } from './deed.ts';
import { thumbprintOf } from './thumbprint.ts';

/** The second proof of a chain, while a grant of the first still lives: that ends when the new one stands (R12). */
export const renewal: Deed = {
  stepByStep: true,
  points: {
    'after the proof is written': { moment: 'after insert proofs' },
    'after the new grant is opened': { moment: 'after insert grants' },
    'after the old grant is ended': { moment: 'after update grants' },
    'before the commit': { moment: 'before commit', past: 'after insert grants', done: false },
    'after the commit': { moment: 'after commit', past: 'after insert grants', done: true },
    'before the answer is kept': unkept,
    'before the kept answer is sent': unsent,
  },
  prepare: async (server, round) => {
    const who = { identity: residentNumber(round) };
    const holder = await Holder.create(server);
    const thumbprint = await thumbprintOf(holder);
    await server.order({ time: noon });
    const old = await holder.obtain(who);
    const time = noon + hours(21);
    await server.order({ time });
    const { body: before } = await holder.complete(await holder.view(who));
    assert.deepEqual(before.proof, old.body.proof);
    const required = await holder.apply(who);
    const assertion = await passLiveness(server, required);
    const codes = (grant: string) => holder.call('POST', '/v1/codes', { body: {}, grant });

    return {
      time,
      ask: (idempotencyKey) =>
        holder.call('POST', `/v1/applications/${required.body.id}/liveness`, {
          body: { assertion },
          idempotencyKey,
        }),
      standing: async (store) => {
        const grants = await store
          .selectFrom('grants')
          .selectAll()
          .where('thumbprint', '=', thumbprint)
          .orderBy('sequence')
          .execute();
        const live = grants.filter(({ ended_at }) => ended_at === null);
        const proofs = await store
          .selectFrom('proofs')
          .select('ordinal')
          .where('person', '=', grants[0]?.person ?? '')
          .execute();
        const ofOld = grants.find(({ sequence }) => sequence === 2)?.public_id ?? '';
        const isDenied = (await endedEarly(store, time / 1000)).includes(ofOld);
        const isDone = proofs.length > 1;
        return {
          isDone,
          wrong: [
            ...(live.map(({ proof_ordinal }) => proof_ordinal).join() === (isDone ? '2' : '1')
              ? []
              : ['the live grant is not that of the last proof']),
            ...(isDenied === isDone ? [] : ['gates are told otherwise of the old grant']),
          ],
        };
      },
      looksDone: async (isDone) => {
        const { status, problem } = await codes(before.grant.token);
        assert.deepEqual(
          [status, problem],
          isDone ? [401, 'verification-required'] : [200, undefined],
        );
      },
      settled: async (answers) => {
        const shown = (answers as Answer<Shown>[]).filter(({ status }) => status === 200);
        const numbers = new Set(shown.map(({ body }) => body.proof.number));
        assert.equal(numbers.size, 1, [...numbers].join());
        assert.ok(!numbers.has(old.body.proof.number));
        const last = shown.at(-1)?.body.grant.token ?? '';
        assert.equal((await codes(last)).status, 200, 'the last grant lives');
      },
    };
  },
};
