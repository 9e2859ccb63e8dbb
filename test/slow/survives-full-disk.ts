import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { RawBuilder } from 'kysely';
import { afterEach, beforeEach, it } from 'node:test';
import type { StoreOptions } from '../../mock-server/store/open-store.ts';
import type { Shown } from '../../widget/protocol/messages/holder.ts';
import { PointWatch } from '../crashes/point-watch.ts';
import { issuePoints, namesOf, type IssuePoint } from '../crashes/points.ts';
import { standing } from '../crashes/standing.ts';
import { watchStatements } from '../crashes/statements.ts';
import { Traveller } from '../crashes/traveller.ts';
import { ask, Holder, noon, type Answer } from '../issuer/running-issuer.ts';
import { startWatched, type WatchedIssuer } from '../operation/watched-issuer.ts';
import { residentNumber } from '../races/cast.ts';
import type { SmallDisk } from './small-disk.ts';

/** An issue written at once has no points between. */
let stepByStep = false;

/** Told of each statement of this process. */
export const watch = new PointWatch();
watchStatements({
  before: (sql) => namesOf(sql).forEach((name) => watch.reached(`before ${name}`)),
  after: (sql) => namesOf(sql).forEach((name) => watch.reached(`after ${name}`)),
  breaksAfter: () => false,
  findsUsed: () => stepByStep,
});

export const isUnavailable = ({ status, problem, headers }: Answer): void =>
  assert.deepEqual([status, problem, headers.get('Retry-After')], [503, 'unavailable', '5']);

export const numberOf = ({ status, body, problem }: Answer<Shown>): string => {
  assert.equal(status, 200, problem);
  return body.proof.number;
};

/** The phone tries again under the key it has, until it is answered. */
export async function retry(
  running: WatchedIssuer,
  traveller: Traveller,
  key: string,
): Promise<Answer<Shown>> {
  const answer = await traveller.complete(key);
  if (answer.problem !== 'unavailable') return answer;
  // The server could not let the key go: whoever claimed it is taken for being at work.
  assert.deepEqual([answer.status, answer.headers.get('Retry-After')], [503, '1']);
  running.time += 11_000;
  return traveller.complete(key);
}

export const statuses = async (running: WatchedIssuer, paths: string[]): Promise<number[]> => {
  const configuration = await running.server.gateApp.request('/configuration.json');
  const { credential } = (await configuration.json()) as { credential: string };
  const headers = { Authorization: `Bearer ${credential}` };
  const answers = await Promise.all(paths.map((path) => ask(running, 'GET', path, { headers })));
  return answers.map(({ status }) => status);
};

/** A full disk can be read: gates go on, and the server is ready for them. */
export async function isReadable(running: WatchedIssuer): Promise<void> {
  const paths = ['/v1/denylist', '/.well-known/boarding-id', '/readyz', '/healthz'];
  assert.deepEqual(await statuses(running, paths), [200, 200, 200, 200]);
}

interface FullStore {
  disk: () => SmallDisk;
  emptyPlace: () => StoreOptions;
  /** How the log names a full disk. */
  code: string;
  /** What makes the tables so small that each row needs another page. */
  emptying?: RawBuilder<unknown>;
  /** From this point on the store has found the room that an issue needs. */
  issuedFrom: IssuePoint;
}

/** Tests that hold for a store wherever it lies. */
export function survivesFullDisk({
  disk,
  emptyPlace,
  code,
  emptying,
  issuedFrom,
}: FullStore): void {
  let place: StoreOptions;
  let running: WatchedIssuer;
  beforeEach(async () => {
    place = emptyPlace();
    running = await startWatched(place);
  });
  afterEach(async () => {
    await running.close();
    disk().clear();
  });

  it('before the application: 503 until there is room, then the same request begins it', async () => {
    const holder = await Holder.create(running);
    const key = randomUUID();
    const apply = () => holder.apply({ identity: residentNumber(0) }, key);
    disk().fill();
    isUnavailable(await apply());
    isUnavailable(await apply());
    await isReadable(running);
    assert.match(running.lines.join('\n'), new RegExp(`"code":"${code}"`));
    assert.ok((await running.count('boarding_id_store_errors_total')) > 0);
    assert.deepEqual(await standing(place, noon), { proofs: 0, wrong: [] });

    disk().clear();
    const application = await apply();
    assert.equal(application.status, 200);
    assert.deepEqual((await apply()).body, application.body);
    numberOf(await holder.complete(application));
    assert.deepEqual(await standing(place, noon), { proofs: 1, wrong: [] });
  });

  it('after the application: 503 until there is room, then the same request ends it', async () => {
    const traveller = await Traveller.who(running, residentNumber(0));
    const key = randomUUID();
    disk().fill();
    isUnavailable(await traveller.complete(key));
    isUnavailable(await traveller.complete(key));
    isUnavailable(await traveller.complete(randomUUID()));
    await isReadable(running);
    assert.match(running.lines.join('\n'), new RegExp(`"code":"${code}"`));
    assert.deepEqual(await standing(place, noon), { proofs: 0, wrong: [] });

    disk().clear();
    const issued = await traveller.complete(key);
    assert.equal(issued.body.outcome, 'issued');
    assert.deepEqual((await traveller.complete(key)).body, issued.body);
    assert.equal(numberOf(await traveller.look()), numberOf(issued));
    assert.deepEqual(await standing(place, noon), { proofs: 1, wrong: [] });
    assert.equal(await running.count('boarding_id_proofs_issued_total'), 1);
  });

  it('from any point of an issue on: all of it stands or none, and every retry comes to one proof (R9, R13)', async () => {
    // Once the answer is on its way nothing is written any more.
    const names = (Object.keys(issuePoints) as IssuePoint[]).slice(0, -1);
    for (const [index, at] of names.entries()) {
      running.time = noon;
      await emptying?.execute(running.store);
      const traveller = await Traveller.who(running, residentNumber(index));
      const { proofs } = await standing(place, noon);
      const key = randomUUID();
      let isFull = false;
      stepByStep = true;
      watch.await(issuePoints[at], () => {
        disk().fill();
        isFull = true;
      });
      isUnavailable(await traveller.complete(key));
      stepByStep = false;
      assert.ok(isFull, at);
      const stands = index < names.indexOf(issuedFrom) ? proofs : proofs + 1;
      assert.deepEqual(await standing(place, noon), { proofs: stands, wrong: [] }, at);

      disk().clear();
      const issued = await retry(running, traveller, key);
      assert.equal(issued.body.outcome, 'issued', at);
      assert.equal(numberOf(await traveller.look()), numberOf(issued), at);
      assert.deepEqual(await standing(place, noon), { proofs: proofs + 1, wrong: [] }, at);
    }
  });
}
