import assert from 'node:assert/strict';
import { sql, type RawBuilder } from 'kysely';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { openStore, type Store } from '../../mock-server/store/open-store.ts';
import type { LivenessRequired, Shown } from '../../widget/protocol/messages/holder.ts';
import { ask, Holder, passLiveness, someGuest, type Answer } from '../issuer/running-issuer.ts';
import { startWatched, type WatchedIssuer } from '../operation/watched-issuer.ts';
import { startPostgres, type RunningPostgres } from '../running-postgres.ts';
import { interruptedLine, type InterruptedLine } from './interrupted-line.ts';

let postgres: RunningPostgres;
let line: InterruptedLine;
let running: WatchedIssuer;
/** Straight to the database, whatever happens to the issuer's line. */
let beside: Store;
let holder: Holder;
let application: Answer<LivenessRequired>;
let assertion: string;

before(async () => {
  postgres = await startPostgres();
});
after(() => postgres.stop());

beforeEach(async () => {
  const direct = postgres.newDatabase();
  line = await interruptedLine(Number(new URL(direct).port));
  const interrupted = new URL(direct);
  interrupted.port = String(line.port);
  running = await startWatched({
    databaseUrl: interrupted.href,
    patienceMilliseconds: 1500,
    answerMilliseconds: 3000,
  });
  beside = await openStore({ databaseUrl: direct, file: '' });
  holder = await Holder.create(running);
  application = await holder.apply({ identity: await someGuest(running) });
  assertion = await passLiveness(running, application);
});
afterEach(async () => {
  await running.close();
  await beside.destroy();
  await line.cut();
});

const complete = (): Promise<Answer<Shown>> => holder.complete(application, assertion);

const isUnavailable = ({ status, problem, headers }: Answer): void =>
  assert.deepEqual([status, problem, headers.get('Retry-After')], [503, 'unavailable', '5']);

const ready = async (): Promise<number> => (await ask(running, 'GET', '/readyz')).status;

/** What stands of an issue, with the grants that live: a repeated answer ends the one before. */
async function issued(): Promise<Record<string, number>> {
  const proofs = await beside.selectFrom('proofs').select('person').execute();
  const identities = await beside.selectFrom('identities').select('person').execute();
  const grants = beside.selectFrom('grants').select('person').where('ended_at', 'is', null);
  return {
    proofs: proofs.length,
    grants: (await grants.execute()).length,
    identities: identities.length,
  };
}
const none = { proofs: 0, grants: 0, identities: 0 };
const one = { proofs: 1, grants: 1, identities: 1 };

async function goesOn(): Promise<void> {
  const answer = await complete();
  assert.equal(answer.status, 200);
  assert.equal(answer.body.outcome, 'issued');
  assert.deepEqual(await issued(), one);
  assert.equal(await ready(), 200);
}

const terminateAll: RawBuilder<unknown> = sql`
  select pg_terminate_backend(pid) from pg_stat_activity
  where datname = current_database() and pid <> pg_backend_pid()`;

describe('PostgreSQL fails', () => {
  it('when it is gone: 503 for holders, gates and readiness; when it is back, no restart is needed', async () => {
    await line.cut();
    isUnavailable(await complete());
    isUnavailable(await ask(running, 'GET', '/v1/denylist', { headers: await gate() }));
    assert.equal(await ready(), 503);
    assert.equal((await ask(running, 'GET', '/healthz')).status, 200);
    assert.ok((await running.count('boarding_id_store_errors_total')) > 0);
    await assert.rejects(running.server.tidy());
    assert.deepEqual(await issued(), none);
    await line.mend();
    await goesOn();
  });

  it('when it ends the connections that nothing is asked of: no more than one 503 for each', async () => {
    await terminateAll.execute(beside);
    for (let connection = 0; connection < 10; connection++) {
      const answer = await complete();
      if (answer.status === 200) break;
      isUnavailable(answer);
    }
    await goesOn();
  });

  it('when it ends a connection in the middle of an issue: nothing of it stands', async () => {
    await sql`create function die() returns trigger language plpgsql as
      $$ begin perform pg_terminate_backend(pg_backend_pid()); return new; end $$`.execute(beside);
    for (const table of ['proofs', 'grants']) {
      await sql`create trigger dying after insert on ${sql.table(table)}
        for each row execute function die()`.execute(beside);
      isUnavailable(await complete());
      assert.deepEqual(await issued(), none, table);
      await sql`drop trigger dying on ${sql.table(table)}`.execute(beside);
    }
    await goesOn();
  });

  it('when it is slow, by another’s lock: the statement is given up, and its transaction undone', async () => {
    await beside.transaction().execute(async (transaction) => {
      await sql`lock table grants in access exclusive mode`.execute(transaction);
      isUnavailable(await complete());
    });
    assert.deepEqual(await issued(), none);
    await goesOn();
  });

  it('when what is connected goes silent: 503 in time, no readiness, and then it goes on with new connections', async () => {
    // Both kinds of connections are open, and more than one of each.
    await Promise.all(Array.from({ length: 4 }, () => holder.call('GET', '/v1/applications/x')));
    line.strand();
    isUnavailable(await complete());
    for (let tries = 0; tries < 20 && (await ready()) !== 200; tries++);
    await goesOn();
  });

  it('when nothing comes back: 503 in time; what was under way stands whole or not at all', async () => {
    line.hold();
    isUnavailable(await complete());
    assert.equal(await ready(), 503);
    line.release();
    await goesOn();
  });
});

async function gate(): Promise<Record<string, string>> {
  const response = await running.server.gateApp.request('/configuration.json');
  const { credential } = (await response.json()) as { credential: string };
  return { Authorization: `Bearer ${credential}` };
}
