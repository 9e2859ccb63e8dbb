import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { StoreOptions } from '../../mock-server/store/open-store.ts';
import type { Shown } from '../../widget/protocol/messages/holder.ts';
import { onEachStore } from '../empty-places.ts';
import { noon, type Answer } from '../issuer/running-issuer.ts';
import { residentNumber } from '../races/cast.ts';
import { buildServer, MortalServer } from './mortal-server.ts';
import { points, type PointName } from './points.ts';
import { standing } from './standing.ts';
import { Traveller } from './traveller.ts';

/** How often the server is killed at each point, on each store. */
const rounds = Number(process.env['CRASH_ROUNDS'] ?? 20);

/** By then the request that has claimed an `Idempotency-Key` is taken for dead. */
const later = noon + 31_000;

/** Somebody’s phone tells of the passed check, and the server is killed on the way and started again. */
async function crash(
  server: MortalServer,
  traveller: Traveller,
  key: string,
  at: PointName,
): Promise<void> {
  await server.order({ time: noon, crashAt: at });
  const death = server.died();
  await assert.rejects(traveller.complete(key), TypeError, `${at}: nothing is answered`);
  assert.deepEqual(await death, { signal: 'SIGKILL', at });
  await server.order({ time: noon });
}

const numberOf = ({ status, body, problem }: Answer<Shown>): string => {
  assert.equal(status, 200, problem);
  return body.proof.number;
};

describe('a server that is killed in the middle of an issue', { concurrency: 2 }, () => {
  before(buildServer);
  onEachStore((emptyPlace) => {
    let place: StoreOptions;
    let server: MortalServer;
    let people = 0;
    before(() => {
      place = emptyPlace();
      server = new MortalServer({ place });
    });
    after(() => server.stop());

    /** The phone tries again under the key it has, until it is answered. */
    async function retry(traveller: Traveller, key: string): Promise<Answer<Shown>> {
      const answer = await traveller.complete(key);
      if (answer.problem !== 'unavailable') return answer;
      assert.deepEqual([answer.status, answer.headers.get('Retry-After')], [503, '1']);
      await server.order({ time: later });
      return traveller.complete(key);
    }

    async function round(at: PointName, startsAnew: boolean): Promise<void> {
      await server.order({ time: noon });
      const traveller = await Traveller.who(server, residentNumber(people));
      const key = randomUUID();
      await crash(server, traveller, key, at);
      const stands = people + (points[at].issued ? 1 : 0);
      assert.deepEqual(await standing(place, noon), { proofs: stands, wrong: [] }, at);
      people++;

      // The traveller may be first, who has been told that it did not work: the phone makes another key then.
      const numbers = startsAnew ? [numberOf(await traveller.complete(randomUUID()))] : [];
      const retried = await retry(traveller, key);
      if (retried.problem === 'verification-required') {
        // What was kept is not given again once the grant in it has ended.
        assert.ok(startsAnew && at === 'before the kept answer is sent');
      } else {
        numbers.push(numberOf(retried));
        assert.equal(retried.body.outcome, 'issued');
        assert.deepEqual((await traveller.complete(key)).body, retried.body);
      }
      numbers.push(numberOf(await traveller.look()));
      const { body } = await traveller.state();
      assert.equal(body.status, 'approved');
      numbers.push(body.proof?.number ?? 'none');
      assert.equal(new Set(numbers).size, 1, numbers.join());
      assert.deepEqual(await standing(place, noon), { proofs: people, wrong: [] }, at);
    }

    for (const at of Object.keys(points) as PointName[]) {
      it(`has issued all or nothing, and every retry comes to the same proof: killed ${at} (R9, R13)`, async () => {
        for (let count = 0; count < rounds; count++) await round(at, count % 2 === 1);
      });
    }

    it('is found out if it uses the assertion up in a transaction of its own', async () => {
      const broken = { place: emptyPlace(), brokenAfter: 'update liveness_checks' };
      const worse = new MortalServer(broken);
      try {
        await worse.order({ time: noon });
        const traveller = await Traveller.who(worse, residentNumber(0));
        await crash(worse, traveller, randomUUID(), 'after the proof is written');
        const { proofs, wrong } = await standing(broken.place, noon);
        assert.equal(proofs, 0);
        assert.deepEqual(
          wrong.map((each) => each.replace(/.*: /, '')),
          ['grant', 'identity', 'proof', 'approval'].map(
            (what) => `the assertion is used, the ${what} not so`,
          ),
        );
        const { problem } = await traveller.complete(randomUUID());
        assert.equal(problem, 'liveness-expired');
      } finally {
        await worse.stop();
      }
    });
  });
});
