import { pathToFileURL } from 'node:url';
import type { Counts } from './counts.ts';
import { serverVariable } from './empty-store.ts';
import { nodeTests } from './node-tests.ts';
import { missingPostgres, startPostgres } from './running-postgres.ts';
import { folderOf, oneRunAFolder, testFiles } from './test-files.ts';

/**
 * `npm run test:postgres`: the tests that touch the store, on a PostgreSQL of their own. They are the same
 * files that `npm test` runs on SQLite: `empty-store.ts` chooses.
 */
const folders = ['store', 'issuer', 'http', 'gate', 'testbed'];

export async function runPostgresTests(): Promise<Counts> {
  if (missingPostgres) {
    console.error(`\n!!! NOTHING WAS TESTED ON POSTGRESQL !!!\n!!! ${missingPostgres}\n`);
    return { passed: 0, failed: 0, skipped: 1 };
  }
  const files = testFiles('node').filter((file) => folders.includes(folderOf(file)));
  const postgres = await startPostgres({ durable: false });
  try {
    return await nodeTests('Store, issuer and gate on PostgreSQL', oneRunAFolder(files), 2, {
      [serverVariable]: postgres.url,
    });
  } finally {
    await postgres.stop();
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { passed, failed, skipped } = await runPostgresTests();
  console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  process.exit(failed > 0 ? 1 : 0);
}
