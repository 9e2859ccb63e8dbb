import assert from 'node:assert/strict';
import type { LivenessRequired } from '../../../widget/protocol/messages/holder.ts';
import { Holder, noon, type Answer } from '../../issuer/running-issuer.ts';
import { residentNumber } from '../../races/cast.ts';
import { claimed, unkept, unsent } from '../points.ts';
import type { Deed } from './deed.ts';
import { thumbprintOf } from './thumbprint.ts';

/** Whoever applies has an application and its check, or neither; and comes to one proof, whichever they go on with. */
export const application: Deed = {
  points: {
    'once the Idempotency-Key is claimed': claimed,
    'after the application is written': { moment: 'after insert applications' },
    'before the commit': { moment: 'before commit', past: 'after insert liveness_checks' },
    'after the commit': {
      moment: 'after commit',
      past: 'after insert liveness_checks',
      done: true,
    },
    'before the answer is kept': unkept,
    'before the kept answer is sent': unsent,
  },
  prepare: async (server, round) => {
    await server.order({ time: noon });
    const holder = await Holder.create(server);
    const thumbprint = await thumbprintOf(holder);
    return {
      time: noon,
      ask: (key) => holder.apply({ identity: residentNumber(round) }, key),
      standing: async (store) => {
        const rows = await store
          .selectFrom('applications')
          .select('id')
          .where('thumbprint', '=', thumbprint)
          .execute();
        return { isDone: rows.length > 0, wrong: [] };
      },
      looksDone: async () => {},
      settled: async (answers) => {
        const required = new Map(
          (answers as Answer<LivenessRequired>[]).map((answer) => [answer.body.id, answer]),
        );
        const shown = [];
        for (const each of required.values()) shown.push((await holder.complete(each)).body);
        const [first, ...others] = shown;
        assert.equal(first?.outcome, 'issued');
        for (const { outcome, proof } of others) {
          assert.deepEqual([outcome, proof], ['existing', first.proof]);
        }
      },
    };
  },
};
