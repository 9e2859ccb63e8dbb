import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import type { StoreOptions } from '../../mock-server/store/open-store.ts';
import { onEachStore } from '../empty-places.ts';
import { askAgain, beside, crash, disagreements } from './crash.ts';
import { application } from './deeds/application.ts';
import type { Attempt, Deed } from './deeds/deed.ts';
import { freshPack } from './deeds/fresh-pack.ts';
import { registeredIssue } from './deeds/registered-issue.ts';
import { renewal } from './deeds/renewal.ts';
import { signOut } from './deeds/sign-out.ts';
import { buildServer, MortalServer } from './mortal-server.ts';
import type { Point } from './points.ts';

/** A tenth of the kills that an issue gets, and one of each kind at least. */
const rounds = Math.max(2, Math.ceil(Number(process.env['CRASH_ROUNDS'] ?? 20) / 10));

const deeds: Record<string, Deed> = {
  'an application': application,
  'a renewal (R12)': renewal,
  'the issue of a signed-in user (R4)': registeredIssue,
  'a sign-out (R19)': signOut,
  'a fresh pack (R16)': freshPack,
};

/** What is answered to the older request, when a newer one has ended the grant that came of it. */
const overtaken = new Set<string | undefined>(['verification-required', 'liveness-expired']);

const standing = (place: StoreOptions, { time, standing: ofAttempt }: Attempt) =>
  beside(place, async (store) => {
    const { isDone, wrong } = await ofAttempt(store);
    return { isDone, wrong: [...wrong, ...(await disagreements(store, time))] };
  });

/** @param startsAnew whether the traveller is first to ask again, who has been told that it did not work */
async function round(
  server: MortalServer,
  place: StoreOptions,
  attempt: Attempt,
  point: Point,
  startsAnew: boolean,
): Promise<void> {
  const key = randomUUID();
  await crash(server, attempt.time, point, () => attempt.ask(key));
  const { isDone, wrong } = await standing(place, attempt);
  assert.deepEqual(wrong, []);
  assert.equal(isDone, point.done ?? isDone, 'all of it stands, or nothing');
  await attempt.looksDone(isDone);

  const anew = startsAnew ? [await attempt.ask(randomUUID())] : [];
  const retried = await askAgain(server, attempt.time, () => attempt.ask(key));
  const again = await attempt.ask(key);
  assert.deepEqual([again.status, again.body], [retried.status, retried.body], 'one answer');
  const isOver = startsAnew && overtaken.has(retried.problem);
  const answers = [...anew, ...(isOver ? [] : [retried])];
  for (const { status, problem } of answers) assert.ok(status < 300, problem);

  assert.deepEqual(await standing(place, attempt), { isDone: true, wrong: [] });
  await attempt.looksDone(true);
  await attempt.settled(answers);
  assert.deepEqual((await standing(place, attempt)).wrong, []);
}

describe('a server that is killed in the middle of', { concurrency: 2 }, () => {
  before(buildServer);
  onEachStore((emptyPlace) => {
    for (const [what, deed] of Object.entries(deeds)) {
      describe(what, () => {
        let place: StoreOptions;
        let server: MortalServer;
        let count = 0;
        before(() => {
          place = emptyPlace();
          server = new MortalServer({ place, stepByStep: deed.stepByStep ?? false });
        });
        after(() => server.stop());

        for (const [at, point] of Object.entries(deed.points)) {
          it(`has done all of it or nothing, and every retry comes to the same: killed ${at} (B6)`, async () => {
            for (let times = 0; times < rounds; times++) {
              const attempt = await deed.prepare(server, count++);
              await round(server, place, attempt, point, times % 2 === 1);
            }
          });
        }
      });
    }

    /** @returns what contradicts what after a crash, if a transaction is broken in two after a statement */
    async function foundOut(deed: Deed, brokenAfter: string): Promise<string[]> {
      const place = emptyPlace();
      // What is written at once cannot be broken in two on PostgreSQL.
      const worse = new MortalServer({ place, brokenAfter, stepByStep: true });
      try {
        const attempt = await deed.prepare(worse, 0);
        const next = { moment: 'before *', past: `after ${brokenAfter}` };
        await crash(worse, attempt.time, next, () => attempt.ask(randomUUID()));
        const { wrong } = await standing(place, attempt);
        return wrong.map((each) => each.replace(/.*: /, ''));
      } finally {
        await worse.stop();
      }
    }

    it('is found out if it writes an application and its check in two transactions', async () => {
      assert.deepEqual(await foundOut(application, 'insert applications'), [
        'an application without its check',
      ]);
    });

    it('is found out if it writes a second proof and ends the old grant in two transactions', async () => {
      const wrong = await foundOut(renewal, 'insert proofs');
      assert.ok(wrong.includes('the live grant is not that of the last proof'), wrong.join());
      assert.ok(wrong.includes('gates are told otherwise of the old grant'), wrong.join());
    });
  });
});
