import { sql } from 'kysely';
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { OpenStore, Store } from '../../mock-server/store/open-store.ts';
import { emptyStore, serverVariable } from '../empty-store.ts';

const onPostgres = Boolean(process.env[serverVariable]);

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
