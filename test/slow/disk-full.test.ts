import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { StoreOptions } from '../../mock-server/store/open-store.ts';
import { issuePoints } from '../crashes/points.ts';
import { standing } from '../crashes/standing.ts';
import { Traveller } from '../crashes/traveller.ts';
import { Holder, noon, passLiveness, type Answer } from '../issuer/running-issuer.ts';
import { startWatched, type WatchedIssuer } from '../operation/watched-issuer.ts';
import { residentNumber } from '../races/cast.ts';
import { missingPostgres, startPostgres, type RunningPostgres } from '../running-postgres.ts';
import { missingSmallDisk, mountSmallDisk, type SmallDisk } from './small-disk.ts';
import {
  isReadable,
  isUnavailable,
  numberOf,
  retry,
  statuses,
  survivesFullDisk,
  watch,
} from './survives-full-disk.ts';

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

describe('SQLite on a full disk', { skip: missingSmallDisk }, () => {
  let disk: SmallDisk;
  const emptyPlace = () => ({ file: join(disk.folder, `${randomUUID()}.sqlite`) });
  before(() => {
    disk = mountSmallDisk(24);
  });
  after(() => disk.remove());

  survivesFullDisk({
    disk: () => disk,
    emptyPlace,
    code: 'SQLITE_FULL',
    issuedFrom: 'after the commit',
  });

  it('is full at the commit alone: 503, and no proof is told of that does not stand', async () => {
    const place = emptyPlace();
    const running = await startWatched(place);
    try {
      const holder = await Holder.create(running);
      const application = await holder.apply({ identity: residentNumber(0) });
      const assertion = await passLiveness(running, application);
      watch.await(issuePoints['before the commit'], disk.fill);
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

  survivesFullDisk({
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
