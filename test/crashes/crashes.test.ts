import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { StoreOptions } from '../../mock-server/store/open-store.ts';
import type { Shown } from '../../widget/protocol/messages/holder.ts';
import { onEachStore } from '../empty-places.ts';
import { noon, type Answer } from '../issuer/running-issuer.ts';
import { residentNumber } from '../races/cast.ts';
import { askAgain, crash } from './crash.ts';
import { buildServer, MortalServer } from './mortal-server.ts';
import { atOncePoints, issuePoints, type IssuePoint, type Point } from './points.ts';
import { standing } from './standing.ts';
import { Traveller } from './traveller.ts';

/** How often the server is killed at each point, on each store. */
const rounds = Number(process.env['CRASH_ROUNDS'] ?? 20);

const numberOf = ({ status, body, problem }: Answer<Shown>): string => {
  assert.equal(status, 200, problem);
  return body.proof.number;
};

describe('a server that is killed in the middle of an issue', { concurrency: 2 }, () => {
  before(buildServer);
  onEachStore((emptyPlace) => {
    let place: StoreOptions;
    let stepByStep: MortalServer;
    let atOnce: MortalServer;
    let people = 0;
    before(() => {
      place = emptyPlace();
      stepByStep = new MortalServer({ place, stepByStep: true });
      atOnce = new MortalServer({ place });
    });
    after(async () => {
      await stepByStep.stop();
      await atOnce.stop();
    });

    async function round(
      server: MortalServer,
      at: string,
      point: Point,
      startsAnew: boolean,
    ): Promise<void> {
      await server.order({ time: noon });
      const traveller = await Traveller.who(server, residentNumber(people));
      const key = randomUUID();
      await crash(server, noon, point, () => traveller.complete(key));
      const stands = people + (point.done ? 1 : 0);
      assert.deepEqual(await standing(place, noon), { proofs: stands, wrong: [] }, at);
      people++;

      // The traveller may be first, who has been told that it did not work: the phone makes another key then.
      const numbers = startsAnew ? [numberOf(await traveller.complete(randomUUID()))] : [];
      const retried = await askAgain(server, noon, () => traveller.complete(key));
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

    for (const at of Object.keys(issuePoints) as IssuePoint[]) {
      it(`has issued all or nothing, and every retry comes to the same proof: killed ${at} (R9, R13)`, async () => {
        for (let count = 0; count < rounds; count++) {
          await round(stepByStep, at, issuePoints[at], count % 2 === 1);
        }
      });
    }

    for (const [at, point] of Object.entries(atOncePoints)) {
      it(`has issued all or nothing where it is written at once: killed ${at} (R9, R13)`, async () => {
        for (let count = 0; count < rounds; count++) {
          await round(atOnce, at, point, count % 2 === 1);
        }
      });
    }

    it('is found out if it uses the assertion up in a transaction of its own', async () => {
      const broken = {
        place: emptyPlace(),
        brokenAfter: 'update liveness_checks',
        stepByStep: true,
      };
      const worse = new MortalServer(broken);
      try {
        await worse.order({ time: noon });
        const traveller = await Traveller.who(worse, residentNumber(0));
        const at = issuePoints['after the proof is written'];
        await crash(worse, noon, at, () => traveller.complete(randomUUID()));
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
