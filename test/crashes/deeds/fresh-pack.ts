import assert from 'node:assert/strict';
import { decodeJwt } from 'jose';
import type { Pack } from '../../../widget/protocol/messages/holder.ts';
import { Holder, noon, type Answer } from '../../issuer/running-issuer.ts';
import { residentNumber } from '../../races/cast.ts';
import { claimed, unkept, unsent } from '../points.ts';
import type { Deed } from './deed.ts';
import { thumbprintOf } from './thumbprint.ts';

const countersOf = (packs: Iterable<Pack>): unknown[] =>
  [...packs].flatMap(({ codes }) => codes.map((code) => decodeJwt(code).jti));

/** More codes of a grant: no counter goes out twice, or a gate would take the second for a copy (R16). */
export const freshPack: Deed = {
  points: {
    'once the Idempotency-Key is claimed': claimed,
    'while the counters are taken': { moment: 'after update grants' },
    'after the counters are taken': {
      moment: 'after commit',
      past: 'after update grants',
      done: true,
    },
    'before the answer is kept': unkept,
    'before the kept answer is sent': unsent,
  },
  prepare: async (server, round) => {
    await server.order({ time: noon });
    const holder = await Holder.create(server);
    const thumbprint = await thumbprintOf(holder);
    const { body: shown } = await holder.obtain({ identity: residentNumber(round) });
    const grant = shown.grant.token;
    const ask = (idempotencyKey?: string) =>
      holder.call<Pack>('POST', '/v1/codes', {
        body: {},
        grant,
        ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
      });
    return {
      time: noon,
      ask,
      standing: async (store) => {
        const { packs, next_counter } = await store
          .selectFrom('grants')
          .select(['packs', 'next_counter'])
          .where('thumbprint', '=', thumbprint)
          .executeTakeFirstOrThrow();
        const isDone = packs > 0;
        const isTaken = next_counter > shown.pack.codes.length;
        return { isDone, wrong: isTaken === isDone ? [] : ['counters are taken by no pack'] };
      },
      looksDone: async () => {},
      settled: async (answers) => {
        const packs = new Map(
          (answers as Answer<Pack>[]).map(({ body }) => [JSON.stringify(body), body]),
        );
        const { body: next } = await ask();
        const counters = countersOf([shown.pack, ...packs.values(), next]);
        assert.equal(new Set(counters).size, counters.length, 'no counter twice');
      },
    };
  },
};
