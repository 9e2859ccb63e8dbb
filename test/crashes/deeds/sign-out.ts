import assert from 'node:assert/strict';
import { endedEarly } from '../../../mock-server/store/grants.ts';
import { Holder, noon } from '../../issuer/running-issuer.ts';
import { residentNumber } from '../../races/cast.ts';
import type { Deed } from './deed.ts';
import { thumbprintOf } from './thumbprint.ts';

/** Ends the grants of a key, and takes no `Idempotency-Key`: what has ended cannot end again (R19). */
export const signOut: Deed = {
  points: {
    'before the grant is ended': { moment: 'before update grants', done: false },
    'while the grant is ended': { moment: 'after update grants' },
    'after the commit': { moment: 'after commit', past: 'after update grants', done: true },
    'before the answer': { moment: 'before answer', past: 'after update grants', done: true },
  },
  prepare: async (server, round) => {
    await server.order({ time: noon });
    const holder = await Holder.create(server);
    const thumbprint = await thumbprintOf(holder);
    const { body } = await holder.obtain({ identity: residentNumber(round) });
    const grant = body.grant.token;
    return {
      time: noon,
      ask: () => holder.call('DELETE', '/v1/grants'),
      standing: async (store) => {
        const row = await store
          .selectFrom('grants')
          .select(['public_id', 'ended_at'])
          .where('thumbprint', '=', thumbprint)
          .executeTakeFirstOrThrow();
        const isDone = row.ended_at !== null;
        const isDenied = (await endedEarly(store, noon / 1000)).includes(row.public_id);
        return { isDone, wrong: isDenied === isDone ? [] : ['gates are told otherwise'] };
      },
      looksDone: async (isDone) => {
        const { problem } = await holder.call('POST', '/v1/codes', { body: {}, grant });
        assert.equal(problem, isDone ? 'verification-required' : undefined);
      },
      settled: async (answers) => {
        assert.deepEqual(new Set(answers.map(({ status }) => status)), new Set([204]));
      },
    };
  },
};
