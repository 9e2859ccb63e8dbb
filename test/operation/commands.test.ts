import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
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

  it('start no server where the port that was asked for is taken, or the gate’s after it, and say which', async () => {
    const squatter = createServer().listen(0);
    await once(squatter, 'listening');
    const { port } = squatter.address() as AddressInfo;
    for (const asked of [port, port - 1]) {
      const { status, stdout, stderr } = runCommand([], {
        PORT: String(asked),
        DATA_FOLDER: '/nowhere',
      });
      assert.equal(status, 1);
      assert.equal(stdout, '');
      assert.match(stderr, new RegExp(`^PORT: ${port} is taken .*Set PORT to another.*\\n$`));
    }
    squatter.close();
  });

  it('say that a port is taken before they build anything', async () => {
    const squatter = createServer().listen(0);
    await once(squatter, 'listening');
    const { port } = squatter.address() as AddressInfo;
    const start = fileURLToPath(new URL('../../mock-server/start.ts', import.meta.url));
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', start], {
      // Without a path there is nothing to build with.
      env: { PATH: '', PORT: String(port) },
      encoding: 'utf8',
      timeout: 30_000,
    });
    squatter.close();
    assert.equal(status, 1);
    assert.equal(stdout, '');
    assert.match(stderr, new RegExp(`^PORT: ${port} is taken .*\\n$`));
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
