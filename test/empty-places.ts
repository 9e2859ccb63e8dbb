import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe } from 'node:test';
import type { StoreOptions } from '../mock-server/store/open-store.ts';
import { missingPostgres, startPostgres, type RunningPostgres } from './running-postgres.ts';

/** These tests need a commit's order, and that it outlives the process; not that it waits for the disk. */
const memory = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/**
 * Runs the same tests on SQLite files and on a PostgreSQL of their own.
 *
 * @param tests given what finds a place for an empty store, another one each time
 */
export function onEachStore(tests: (emptyPlace: () => StoreOptions) => void): void {
  describe('on SQLite', { concurrency: 1 }, () => {
    let folder: string;
    let files = 0;
    before(() => {
      folder = mkdtempSync(join(memory, 'boarding-id-stores-'));
    });
    tests(() => ({ file: join(folder, `${++files}.sqlite`) }));
    after(() => rmSync(folder, { recursive: true }));
  });

  describe('on PostgreSQL', { concurrency: 1, skip: missingPostgres }, () => {
    let postgres: RunningPostgres;
    before(async () => {
      postgres = await startPostgres({ durable: false });
    });
    tests(() => ({ databaseUrl: postgres.newDatabase(), file: '' }));
    after(() => postgres.stop());
  });
}
