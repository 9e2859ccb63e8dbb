import { sql } from 'kysely';
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openStore, type OpenStore, type Store } from '../../mock-server/store/open-store.ts';
import { createDatabase, emptyStore, serverVariable } from '../empty-store.ts';

const server = process.env[serverVariable];
const onPostgres = Boolean(server);

let store: OpenStore;
let remove: () => Promise<void>;
before(async () => {
  ({ store, remove } = await emptyStore());
});
after(() => remove());

/** Whether a commit waits until the disk has it, as the database says. */
async function waitsForDisk(asked: Store): Promise<boolean> {
  const question = onPostgres ? 'show synchronous_commit' : 'pragma synchronous';
  const { rows } = await sql.raw(question).execute(asked);
  return [2, 'on'].includes(Object.values(rows[0] as object)[0]);
}

describe('the store', () => {
  it('waits for the disk, but for what is written in a hurry, whoever takes turns', async () => {
    assert.equal(await waitsForDisk(store), true);
    const turns = await Promise.all(
      Array.from({ length: 20 }, (_, i) => waitsForDisk(i % 2 === 0 ? store : store.hurried)),
    );
    turns.forEach((waits, i) => assert.equal(waits, i % 2 === 0));
    await assert.rejects(sql`select nothing`.execute(store.hurried));
    assert.equal(await waitsForDisk(store), true);
  });

  it('shows at once what was written in a hurry', async () => {
    await store.hurried.insertInto('settings').values({ name: 'hurried', value: '1' }).execute();
    const read = store.selectFrom('settings').select('value').where('name', '=', 'hurried');
    assert.deepEqual(await read.execute(), [{ value: '1' }]);
  });

  it('goes on when another server has changed the tables: a connection fails once at most', async () => {
    const read = () =>
      store.selectFrom('settings').selectAll().where('name', '=', 'hurried').execute();
    assert.equal((await read()).length, 1);
    await sql`alter table settings add column more text`.execute(store);
    try {
      await read().catch(({ code }: { code: string }) => assert.equal(code, '0A000'));
      assert.deepEqual(await read(), [{ name: 'hurried', value: '1', more: null }]);
    } finally {
      await sql`alter table settings drop column more`.execute(store);
    }
  });
});

describe('a store on PostgreSQL', { skip: !server && 'npm run test:postgres runs these' }, () => {
  const setting = async (asked: Store, name: string): Promise<unknown> => {
    const { rows } = await sql.raw(`select current_setting('${name}') as value`).execute(asked);
    return (rows[0] as { value: unknown }).value;
  };

  it('keeps the options of its address, but has time-outs and durability of its own', async () => {
    const address = new URL(await createDatabase(server ?? ''));
    address.searchParams.set('options', '-c application_name=given -c synchronous_commit=off');
    address.searchParams.set('statement_timeout', '0');
    const opened = await openStore({ databaseUrl: address.href, file: '' });
    try {
      for (const [asked, durability] of [
        [opened, 'on'],
        [opened.hurried, 'off'],
      ] as const) {
        assert.equal(await setting(asked, 'application_name'), 'given');
        assert.equal(await setting(asked, 'statement_timeout'), '5s');
        assert.equal(await setting(asked, 'synchronous_commit'), durability);
      }
    } finally {
      await opened.destroy();
    }
  });

  it('waits for another server that migrates, be it longer than for any statement', async () => {
    const databaseUrl = await createDatabase(server ?? '');
    const migrated = await openStore({ databaseUrl, file: '' });
    try {
      await migrated.transaction().execute(async (transaction) => {
        // What Kysely holds while it migrates.
        await sql`select pg_advisory_xact_lock(3853314791062309107)`.execute(transaction);
        const second = openStore({ databaseUrl, file: '', patienceMilliseconds: 50 });
        const over = new AbortController();
        second.catch(() => over.abort());
        const waiting = sql<{ longer: boolean }>`
          select now() - query_start > interval '200 ms' as longer from pg_stat_activity
          where wait_event_type = 'Lock' and datname = current_database()`;
        for (let isLong = false; !isLong && !over.signal.aborted;) {
          isLong = (await waiting.execute(migrated.hurried)).rows.some(({ longer }) => longer);
        }
        opening = second;
      });
      await (await opening!).destroy();
    } finally {
      await migrated.destroy();
    }
  });
  let opening: Promise<OpenStore> | undefined;
});
