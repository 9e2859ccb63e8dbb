import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openStore } from '../../mock-server/store/open-store.ts';
import { migrations } from '../../mock-server/store/migrations.ts';
import { createDatabase, serverVariable } from '../empty-store.ts';

const program = fileURLToPath(new URL('./opens-a-store.ts', import.meta.url));

it('two servers that start at once on an empty store both find it migrated', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'boarding-id-migrations-'));
  const server = process.env[serverVariable];
  const place = {
    ...(server ? { databaseUrl: await createDatabase(server) } : {}),
    file: join(folder, 'store.sqlite'),
  };
  const processes = [0, 1].map(() =>
    fork(program, [JSON.stringify(place)], { execArgv: ['--import', 'tsx'] }),
  );
  await Promise.all(processes.map((each) => once(each, 'message')));
  const said = await Promise.all(
    processes.map(async (each) => {
      each.send('open');
      const [how] = (await once(each, 'message')) as [string];
      return how;
    }),
  );
  assert.deepEqual(said, ['opened', 'opened']);
  const store = await openStore(place);
  const applied = await store
    .withTables<{ kysely_migration: { name: string } }>()
    .selectFrom('kysely_migration')
    .select('name')
    .orderBy('name')
    .execute();
  assert.deepEqual(
    applied.map(({ name }) => name),
    Object.keys(migrations),
  );
  await store.destroy();
  rmSync(folder, { recursive: true });
});
