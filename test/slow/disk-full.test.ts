import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { sql, type RawBuilder } from 'kysely';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { StoreOptions } from '../../mock-server/store/open-store.ts';
import type { Shown } from '../../widget/protocol/messages/holder.ts';
import { PointWatch } from '../crashes/point-watch.ts';
import { nameOf, points, type PointName } from '../crashes/points.ts';
import { standing } from '../crashes/standing.ts';
import { watchStatements } from '../crashes/statements.ts';
import { Traveller } from '../crashes/traveller.ts';
import { ask, Holder, noon, passLiveness, type Answer } from '../issuer/running-issuer.ts';
import { startWatched, type WatchedIssuer } from '../operation/watched-issuer.ts';
import { residentNumber } from '../races/cast.ts';
import { missingPostgres, startPostgres, type RunningPostgres } from '../running-postgres.ts';
import { missingSmallDisk, mountSmallDisk, type SmallDisk } from './small-disk.ts';

/** `unshare -Ur` knows nobody but whoever called it. */
const isAlone = readFileSync('/proc/self/uid_map', 'utf8').trim().split(/\s+/)[2] === '1';
const missingUser =
  isAlone && 'PostgreSQL does not run as root, and this user namespace has nobody else.';
const missingForPostgres = missingSmallDisk || missingPostgres || missingUser;
if (missingForPostgres) {
  const what = missingSmallDisk ? 'nothing' : 'no PostgreSQL';
  console.error(
    `\n!!! ${what.toUpperCase()} WAS TRIED ON A FULL DISK !!!\n!!! ${missingForPostgres}\n`,
  );
  // Node does not count a suite that is skipped.
  it(`${what} is tried on a full disk`, { skip: missingForPostgres });
}

const watch = new PointWatch();
watchStatements({
  before: (statement) => watch.reached(`before ${nameOf(statement)}`),
  after: (statement) => watch.reached(`after ${nameOf(statement)}`),
  breaksAfter: () => false,
});

const isUnavailable = ({ status, problem, headers }: Answer): void =>
  assert.deepEqual([status, problem, headers.get('Retry-After')], [503, 'unavailable', '5']);

const numberOf = ({ status, body, problem }: Answer<Shown>): string => {
  assert.equal(status, 200, problem);
  return body.proof.number;
};

/** The phone tries again under the key it has, until it is answered. */
async function retry(
  running: WatchedIssuer,
  traveller: Traveller,
  key: string,
): Promise<Answer<Shown>> {
  const answer = await traveller.complete(key);
  if (answer.problem !== 'unavailable') return answer;
  // The server could not let the key go: whoever claimed it is taken for being at work.
  assert.deepEqual([answer.status, answer.headers.get('Retry-After')], [503, '1']);
  running.time += 31_000;
  return traveller.complete(key);
}

const statuses = async (running: WatchedIssuer, paths: string[]): Promise<number[]> => {
  const configuration = await running.server.gateApp.request('/configuration.json');
  const { credential } = (await configuration.json()) as { credential: string };
  const headers = { Authorization: `Bearer ${credential}` };
  const answers = await Promise.all(paths.map((path) => ask(running, 'GET', path, { headers })));
  return answers.map(({ status }) => status);
};

/** A full disk can be read: gates go on, and the server is ready for them. */
async function isReadable(running: WatchedIssuer): Promise<void> {
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
  issuedFrom: PointName;
}

function survives({ disk, emptyPlace, code, emptying, issuedFrom }: FullStore): void {
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
    const names = (Object.keys(points) as PointName[]).slice(0, -1);
    for (const [index, at] of names.entries()) {
      running.time = noon;
      await emptying?.execute(running.store);
      const traveller = await Traveller.who(running, residentNumber(index));
      const { proofs } = await standing(place, noon);
      const key = randomUUID();
      let isFull = false;
      watch.await(at, () => {
        disk().fill();
        isFull = true;
      });
      isUnavailable(await traveller.complete(key));
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

describe('SQLite on a full disk', { skip: missingSmallDisk }, () => {
  let disk: SmallDisk;
  const emptyPlace = () => ({ file: join(disk.folder, `${randomUUID()}.sqlite`) });
  before(() => {
    disk = mountSmallDisk(24);
  });
  after(() => disk.remove());

  survives({ disk: () => disk, emptyPlace, code: 'SQLITE_FULL', issuedFrom: 'after the commit' });

  it('is full at the commit alone: 503, and no proof is told of that does not stand', async () => {
    const place = emptyPlace();
    const running = await startWatched(place);
    try {
      const holder = await Holder.create(running);
      const application = await holder.apply({ identity: residentNumber(0) });
      const assertion = await passLiveness(running, application);
      watch.await('before the commit', disk.fill);
      isUnavailable(await holder.complete(application, assertion));
      assert.match(running.lines.join('\n'), /"code":"SQLITE_FULL"/);
      assert.deepEqual(await standing(place, noon), { proofs: 0, wrong: [] });

      disk.clear();
      numberOf(await holder.complete(application, assertion));
      assert.deepEqual(await standing(place, noon), { proofs: 1, wrong: [] });
    } finally {
      await running.close();
      disk.clear();
    }
  });

  it('goes on in what room its journal has, and loses none of it where it cannot be moved out', async () => {
    const place = emptyPlace();
    const running = await startWatched(place);
    let people = 0;
    let proofs = 0;
    /** Another one's whole issue; what was refused, or nothing. */
    async function issue(): Promise<Answer | undefined> {
      const holder = await Holder.create(running);
      const application = await holder.apply({ identity: residentNumber(people++) });
      const last = application.status === 200 ? await holder.complete(application) : application;
      if (last.status !== 200) return last;
      proofs++;
      return undefined;
    }
    try {
      // SQLite moves a journal of so many pages out, and begins it anew in the room that it has.
      while (statSync(`${place.file}-wal`).size < 1000 * 4096)
        assert.equal(await issue(), undefined);
      const before = proofs;
      disk.fill();
      let refused = await issue();
      while (refused === undefined) refused = await issue();
      isUnavailable(refused);
      assert.ok(proofs > before, 'somebody got a proof on the full disk');
      await isReadable(running);
      assert.deepEqual(await standing(place, noon), { proofs, wrong: [] });

      disk.clear();
      assert.equal(await issue(), undefined);
    } finally {
      await running.close();
    }
    assert.deepEqual(await standing(place, noon), { proofs, wrong: [] });
  });
});

const emptying = sql`truncate proofs, grants, identities, applications, liveness_checks,
  idempotency_keys, seen_dpop_proofs`;

describe('PostgreSQL with its data on a full disk', { skip: missingForPostgres }, () => {
  let disk: SmallDisk;
  let postgres: RunningPostgres;
  before(async () => {
    disk = mountSmallDisk(96);
    postgres = await startPostgres({ durable: false, dataFolder: join(disk.folder, 'data') });
  });
  after(async () => {
    await postgres.stop();
    await disk.remove();
  });

  survives({
    disk: () => disk,
    emptyPlace: () => ({ databaseUrl: postgres.newDatabase(), file: '' }),
    code: '53100',
    emptying,
    issuedFrom: 'after the grant is opened',
  });
});

describe('PostgreSQL with its journal on a full disk', { skip: missingForPostgres }, () => {
  let disk: SmallDisk;
  let postgres: RunningPostgres;
  let running: WatchedIssuer;
  let place: StoreOptions;
  before(async () => {
    disk = mountSmallDisk(32);
    postgres = await startPostgres({ durable: false, journalFolder: join(disk.folder, 'journal') });
    place = { databaseUrl: postgres.newDatabase(), file: '' };
    running = await startWatched(place);
  });
  after(async () => {
    await running.close();
    await postgres.stop();
    await disk.remove();
  });

  it('it ends itself: 503 until it is started again, then the same request is answered with one proof', async () => {
    const traveller = await Traveller.who(running, residentNumber(0));
    const key = randomUUID();
    await sql`create function write_much() returns trigger language plpgsql as $$ begin
      perform pg_logical_emit_message(false, '', repeat('x', 1000000)) from generate_series(1, 32);
      return new; end $$`.execute(running.store);
    await sql`create trigger much after insert on grants
      for each row execute function write_much()`.execute(running.store);
    // Several at once: connections that nothing is asked of are to break too.
    await isReadable(running);
    disk.fill();
    isUnavailable(await traveller.complete(key));
    await postgres.ended();
    isUnavailable(await traveller.complete(key));
    assert.deepEqual(await statuses(running, ['/readyz', '/healthz']), [503, 200]);

    disk.clear();
    await postgres.startAgain();
    assert.deepEqual(await standing(place, noon), { proofs: 0, wrong: [] });
    await sql`drop trigger much on grants`.execute(running.store);
    const issued = await retry(running, traveller, key);
    assert.equal(issued.body.outcome, 'issued');
    assert.equal(numberOf(await traveller.look()), numberOf(issued));
    assert.deepEqual(await standing(place, noon), { proofs: 1, wrong: [] });
    assert.deepEqual(await statuses(running, ['/readyz']), [200]);
  });
});
