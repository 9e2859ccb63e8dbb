import Database from 'libsql';
import { sql } from 'kysely';
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { isOvertaken } from '../../mock-server/store/overtaken.ts';
import { openStore, type OpenStore, type Store } from '../../mock-server/store/open-store.ts';
import { sharedChange, sharedTransaction } from '../../mock-server/store/shared-commit.ts';

let folder: string;
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'boarding-id-shared-'));
});
after(() => rmSync(folder, { recursive: true }));

let files = 0;
let store: OpenStore;
/** Another process's: it sees what is committed. */
let other: InstanceType<typeof Database>;
beforeEach(async () => {
  const file = join(folder, `${++files}.sqlite`);
  store = await openStore({ file, patienceMilliseconds: 1 });
  other = new Database(file);
});
afterEach(async () => {
  other.close();
  await store.destroy();
});

const add = (on: Store, name: string) =>
  on.insertInto('settings').values({ name, value: '' }).execute();
const committed = (): string[] =>
  other
    .prepare('select name from settings order by name')
    .all([])
    .map((row) => (row as { name: string }).name);
/** What each came to, in words. */
const outcomes = async (all: Promise<unknown>[]): Promise<string[]> =>
  (await Promise.allSettled(all)).map((each) =>
    each.status === 'fulfilled' ? 'written' : (each.reason as Error).message,
  );

describe('a commit that is shared', () => {
  it('takes along whoever waits at the same time, and nobody is answered before it', async () => {
    const names = Array.from({ length: 20 }, (_, i) => `name ${String(i).padStart(2, '0')}`);
    const seen = await Promise.all(
      names.map(async (name, i) => {
        await (i % 2 === 0 ? sharedChange : sharedTransaction)(store, (on) => add(on, name));
        return committed();
      }),
    );
    for (const each of seen) assert.deepEqual(each, names);
  });

  it('leaves out what one has written that throws, and tells it', async () => {
    const outcome = await outcomes([
      sharedChange(store, (on) => add(on, 'first')),
      sharedTransaction(store, async (transaction) => {
        await add(transaction, 'undone');
        throw new Error('not this one');
      }),
      sharedChange(store, (on) => add(on, 'last')),
    ]);
    assert.deepEqual(outcome, ['written', 'not this one', 'written']);
    assert.deepEqual(committed(), ['first', 'last']);
  });

  it('leaves out who was overtaken within it', async () => {
    const all = [
      sharedChange(store, (on) => add(on, 'same')),
      sharedTransaction(store, async (transaction) => {
        await add(transaction, 'undone');
        await add(transaction, 'same');
      }),
      sharedChange(store, (on) => add(on, 'next')),
    ];
    await assert.rejects(all[1]!, isOvertaken);
    assert.deepEqual(
      (await outcomes(all)).map((each) => each === 'written'),
      [true, false, true],
    );
    assert.deepEqual(committed(), ['next', 'same']);
  });

  it('fails all when it fails, and leaves nothing', async () => {
    await sql`create table parents (id text primary key)`.execute(store);
    await sql`create table children (parent text references parents (id)
      deferrable initially deferred)`.execute(store);
    await sql`pragma foreign_keys = on`.execute(store);
    const orphan = sharedTransaction(store, (transaction) =>
      sql`insert into children values ('nobody')`.execute(transaction),
    );
    const outcome = await outcomes([sharedChange(store, (on) => add(on, 'other')), orphan]);
    for (const each of outcome) assert.match(each, /FOREIGN KEY/);
    assert.deepEqual(committed(), []);
  });

  it('fails all when the database has undone it, as a full disk does, by the first error', async () => {
    const outcome = await outcomes([
      sharedChange(store, (on) => add(on, 'before')),
      sharedTransaction(store, async (transaction) => {
        await sql`rollback`.execute(transaction);
        throw new Error('the disk is full');
      }),
      sharedChange(store, (on) => add(on, 'after')),
    ]);
    assert.deepEqual(outcome, Array(3).fill('the disk is full'));
    assert.deepEqual(committed(), []);
  });

  it('fails all who wait while another process holds the lock for too long, and not the next', async () => {
    other.exec('begin immediate');
    const waiting = ['one', 'two'].map((name) => sharedChange(store, (on) => add(on, name)));
    for (const each of await outcomes(waiting)) assert.match(each, /locked/);
    other.exec('rollback');
    await sharedChange(store, (on) => add(on, 'next'));
    assert.deepEqual(committed(), ['next']);
  });

  it('is none within a transaction, which a change belongs to', async () => {
    const undone = store.transaction().execute(async (transaction) => {
      await sharedChange(transaction, (on) => add(on, 'undone'));
      throw new Error('undone');
    });
    await assert.rejects(undone, /undone/);
    assert.deepEqual(committed(), []);
  });
});
