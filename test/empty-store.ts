import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { openStore, type OpenStore } from '../mock-server/store/open-store.ts';

/** A store of a test's own. */
export interface EmptyStore {
  store: OpenStore;
  /** Closes it, and leaves nothing behind. */
  remove: () => Promise<void>;
}

/** Names the PostgreSQL server to make stores on; without it they are in memory. */
export const serverVariable = 'TEST_POSTGRES';

/** The one way in which tests that do not name a store come by one: so all of them run on either. */
export async function emptyStore(): Promise<EmptyStore> {
  const server = process.env[serverVariable];
  if (!server) {
    const store = await openStore({ file: ':memory:' });
    return { store, remove: () => store.destroy() };
  }
  const databaseUrl = emptyDatabases.pop() ?? (await createDatabase(server));
  const store = await openStore({ databaseUrl, file: '' });
  return {
    store,
    remove: async () => {
      await store.destroy();
      await execute(databaseUrl, emptying);
      emptyDatabases.push(databaseUrl);
    },
  };
}

/** PostgreSQL takes a second to make or drop a database, so one is emptied and used again. */
const emptyDatabases: string[] = [];

/** @returns the address of a database without any table */
export async function createDatabase(server: string): Promise<string> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await execute(server, `create database ${name}`);
  return new URL(name, server).href;
}

/** Every table but those in which the migrations are remembered. */
const emptying = `do $$ declare name text; begin
  for name in select tablename from pg_tables where schemaname = 'public' and tablename not like 'kysely%'
  loop execute format('delete from %I', name); end loop;
end $$`;

async function execute(databaseUrl: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
