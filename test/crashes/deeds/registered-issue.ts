import assert from 'node:assert/strict';
import type { Me, Records, Shown } from '../../../widget/protocol/messages/holder.ts';
import {
  Holder,
  hours,
  noon,
  passLiveness,
  signIn,
  type Answer,
} from '../../issuer/running-issuer.ts';
import { unsent } from '../points.ts';
import type { Deed } from './deed.ts';
import { thumbprintOf } from './thumbprint.ts';

/** Long enough that the month is another, and its three applications are there. */
const monthAndMore = hours(32 * 24);

/** Both calls of a signed-in user: by the host's session, whose records tell of them (R4, R23). */
export const registeredIssue: Deed = {
  points: {
    'after the application is written': { moment: 'after insert applications', done: false },
    'after the application is committed': {
      moment: 'after commit',
      past: 'after insert liveness_checks',
      done: false,
    },
    'after the proof is written': { moment: 'after insert proofs' },
    'after the proof is committed': {
      moment: 'after commit',
      past: 'after insert grants',
      done: true,
    },
    'before the kept answer is sent': { ...unsent, past: 'after insert grants' },
  },
  prepare: async (server, round) => {
    const time = noon + round * monthAndMore;
    await server.order({ time });
    const session = await signIn(server, 'adult');
    const holder = await Holder.create(server);
    const thumbprint = await thumbprintOf(holder);
    const assertions = new Map<string, string>();

    return {
      time,
      ask: async (idempotencyKey) => {
        const required = await holder.apply({ session }, idempotencyKey);
        if (required.problem !== undefined) return required;
        const { id } = required.body;
        const assertion = assertions.get(id) ?? (await passLiveness(server, required));
        assertions.set(id, assertion);
        const body = { assertion };
        return holder.call('POST', `/v1/applications/${id}/liveness`, { body, idempotencyKey });
      },
      standing: async (store) => {
        const proofs = await store
          .selectFrom('proofs')
          .innerJoin('applications', 'applications.id', 'proofs.application')
          .select('proofs.number')
          .where('applications.thumbprint', '=', thumbprint)
          .execute();
        return { isDone: proofs.length > 0, wrong: proofs.length > 1 ? ['two proofs'] : [] };
      },
      looksDone: async (isDone) => {
        const { body: me } = await holder.call<Me>('GET', '/v1/me', { session });
        assert.equal(me.applicationsLeft, isDone ? 2 : 3);
        const { body } = await holder.call<Records>('GET', '/v1/records', { session });
        const today = body.records.filter(({ appliedAt }) => appliedAt * 1000 >= time);
        const approved = today.filter(({ status }) => status === 'approved');
        assert.deepEqual(
          approved.map(({ proof }) => proof),
          isDone ? [me.proof] : [],
        );
        assert.ok(isDone || me.proof === undefined);
      },
      settled: async (answers) => {
        const numbers = (answers as Answer<Shown>[]).map(({ body }) => body.proof?.number);
        assert.equal(new Set(numbers.filter((number) => number !== undefined)).size, 1);
      },
    };
  },
};
