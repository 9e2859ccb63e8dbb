import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { Client } from 'pg';
import { openStore } from '../../mock-server/store/open-store.ts';
import { missingPostgres, startPostgres } from '../running-postgres.ts';
import { runCommand } from './command.ts';

describe('the commands', () => {
  it('are listed by --help, which needs no store', () => {
    const { status, stdout } = runCommand(['--help'], { DATA_FOLDER: '/nowhere' });
    assert.equal(status, 0);
    assert.match(stdout, /rotate-keys .*\n.*erase .*\n[^]*OPERATION_ADDRESS/);
  });

  it('refuse what they do not know, a bad value and a bad configuration, each with a sentence', () => {
    for (const [args, env, said] of [
      [['sing'], {}, /^There is no command "sing"\./],
      [['rotate-keys', '--after', '10'], {}, /^--after must be a number of seconds, at least 75\./],
      [['rotate-keys', '--before', '100'], {}, /^--after must be/],
      [['erase', '110101199003070000'], {}, /^erase takes the number from standard input alone\./],
      [['rotate-keys'], { LOG: 'loud' }, /^LOG must be one of faults, text, json, not "loud"\./],
    ] as const) {
      const { status, stderr } = runCommand([...args], env);
      assert.equal(status, 1, args.join(' '));
      assert.match(stderr, said);
      assert.doesNotMatch(stderr, /\d{15}/);
    }
  });

  it('start no server where there is no free port up to the last, 65535', async () => {
    const squatter = createServer();
    // Should another have it already, it is as taken.
    await new Promise((resolve) => squatter.once('error', resolve).listen(65534, () => resolve(0)));
    const { status, stderr } = runCommand([], { PORT: '65534', DATA_FOLDER: '/nowhere' });
    squatter.close();
    assert.equal(status, 1);
    assert.equal(stderr, 'PORT: no free pair of ports from 65534 to 65535.\n');
  });

  it('make no store where there is none', () => {
    const folder = mkdtempSync(join(tmpdir(), 'boarding-id-'));
    const { status, stderr } = runCommand(['erase'], { DATA_FOLDER: join(folder, 'wrong') });
    assert.equal(status, 1);
    assert.match(stderr, /^There is no store at .*wrong/);
    assert.equal(existsSync(join(folder, 'wrong')), false);
    rmSync(folder, { recursive: true });
  });

  it(
    'make no store in an empty database, and open the one that is there',
    { skip: missingPostgres },
    async () => {
      const postgres = await startPostgres({ durable: false });
      try {
        const [empty, used] = [postgres.newDatabase(), postgres.newDatabase()];
        await (await openStore({ databaseUrl: used, file: '' })).destroy();
        for (const command of ['erase', 'rotate-keys']) {
          const { status, stdout, stderr } = runCommand([command], { DATABASE_URL: empty });
          assert.equal(status, 1);
          assert.equal(stdout, '');
          assert.equal(stderr, 'There is no store in this database; DATABASE_URL says where.\n');
        }
        assert.deepEqual(await tablesIn(empty), []);
        const { status, stdout } = runCommand(['rotate-keys'], { DATABASE_URL: used });
        assert.equal(status, 0);
        assert.match(stdout, /Published now/);
      } finally {
        await postgres.stop();
      }
    },
  );
});

async function tablesIn(databaseUrl: string): Promise<unknown[]> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const { rows } = await client.query(`select * from pg_tables where schemaname = 'public'`);
    return rows;
  } finally {
    await client.end();
  }
}
