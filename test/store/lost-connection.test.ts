import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { it } from 'node:test';
import { sql } from 'kysely';
import { openStore } from '../../mock-server/store/open-store.ts';
import { createDatabase, serverVariable } from '../empty-store.ts';

const server = process.env[serverVariable];

it(
  'an idle connection that PostgreSQL ends is told of, and the next use opens another',
  { skip: !server && 'SQLite has no connection to lose' },
  async () => {
    const databaseUrl = await createDatabase(server!);
    const told = new EventEmitter();
    const log = (what: string): void => void told.emit('log', what);
    const store = await openStore({ databaseUrl, file: '', log });
    const other = await openStore({ databaseUrl, file: '' });
    const lost = once(told, 'log');
    await sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and pid <> pg_backend_pid()`.execute(other);
    assert.deepEqual(await lost, ['a connection to the store was lost']);
    assert.deepEqual(await store.selectFrom('proofs').selectAll().execute(), []);
    await store.destroy();
    await other.destroy();
  },
);
