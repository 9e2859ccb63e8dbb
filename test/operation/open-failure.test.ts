import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { openFailure } from '../../mock-server/store/open-failure.ts';
import { openStore } from '../../mock-server/store/open-store.ts';
import { missingPostgres, startPostgres } from '../running-postgres.ts';
import { runCommand } from './command.ts';

let folder: string;
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'boarding-id-'));
});
after(() => rmSync(folder, { recursive: true }));

/** What is said where the store cannot be opened. */
async function saidOf(dataFolder: string, databaseUrl?: string): Promise<string | undefined> {
  const file = join(dataFolder, 'boarding-id.sqlite');
  const error = await openStore({ databaseUrl, file }).then(
    (store) => store.destroy(),
    (refused: unknown) => refused,
  );
  return openFailure(error, { databaseUrl, dataFolder });
}

const orFolder = ' Mend that, or set DATA_FOLDER to another folder.';
const orDatabase = ' Mend that, or set DATABASE_URL to another database.';

describe('a store that cannot be opened', () => {
  it('is told by DATA_FOLDER, the folder and the code', async () => {
    const [plain, text, place] = ['plain', 'text', 'place'].map((name) => join(folder, name));
    writeFileSync(plain!, '');
    for (const there of [text!, place!]) mkdirSync(there);
    writeFileSync(join(text!, 'boarding-id.sqlite'), 'no database at all\n'.repeat(100));
    mkdirSync(join(place!, 'boarding-id.sqlite'));
    for (const [there, said] of [
      [plain!, 'this is no folder (EEXIST)'],
      [join(plain!, 'below'), 'this is no folder (ENOTDIR)'],
      [text!, 'boarding-id.sqlite there is no database (SQLITE_NOTADB)'],
      [place!, 'boarding-id.sqlite there cannot be opened (SQLITE_CANTOPEN)'],
    ] as const) {
      assert.equal(await saidOf(there), `DATA_FOLDER: ${there}: ${said}.${orFolder}`);
    }
  });

  it('is told by DATABASE_URL, host, port and code, and never with the password', async () => {
    assert.equal(
      await saidOf(folder, 'postgres://boarding:secret@127.0.0.1:1/boarding'),
      `DATABASE_URL: nothing answers at 127.0.0.1:1 (ECONNREFUSED).${orDatabase}`,
    );
    assert.match(
      (await saidOf(folder, 'postgres://boarding:secret@nowhere.invalid/boarding')) ?? '',
      /^DATABASE_URL: no host is known .*at nowhere\.invalid:5432 \((ENOTFOUND|EAI_AGAIN)\)\. Mend/,
    );
    const databaseUrl = 'postgres://boarding:secret@db.example/boarding';
    for (const late of [
      'timeout expired',
      'timeout exceeded when trying to connect',
      'Connection terminated due to connection timeout',
    ]) {
      assert.equal(
        openFailure(new Error(late), { databaseUrl, dataFolder: folder }),
        `DATABASE_URL: nothing answers in time at db.example:5432 (ETIMEDOUT).${orDatabase}`,
      );
    }
  });

  it('is told so where a PostgreSQL has no such database', { skip: missingPostgres }, async () => {
    const postgres = await startPostgres({ durable: false });
    try {
      const { host } = new URL(postgres.url);
      assert.equal(
        await saidOf(folder, `postgres://postgres:secret@${host}/missing`),
        `DATABASE_URL: there is no such database at ${host} (3D000).${orDatabase}`,
      );
    } finally {
      await postgres.stop();
    }
  });

  it(
    'is told, and not tried for ever, where no folder can be made',
    { skip: !existsSync('/proc/self') },
    () => {
      // In a process of its own, which a loop would not let be ended from within.
      const { status, stderr } = runCommand([], {
        PORT: '0',
        DATA_FOLDER: '/proc/boarding-id/below',
      });
      assert.equal(status, 1);
      const said = 'the folder cannot be made (ENOENT)';
      assert.equal(stderr, `DATA_FOLDER: /proc/boarding-id/below: ${said}.${orFolder}\n`);
    },
  );

  it('is not one whose folder is yet to be made, with those above it', async () => {
    const below = join(folder, 'made', 'below');
    const store = await openStore({ file: join(below, 'boarding-id.sqlite') });
    await store.destroy();
    assert.ok(existsSync(join(below, 'boarding-id.sqlite')));
  });

  it('is left as it is where the fault is the program’s own', () => {
    for (const error of [
      new TypeError('x is not a function'),
      Object.assign(new Error('no such table'), { code: 'SQLITE_ERROR' }),
      'nothing',
    ]) {
      assert.equal(openFailure(error, { databaseUrl: undefined, dataFolder: folder }), undefined);
    }
  });

  it('ends a command, and the server before it listens, with that sentence alone', () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    const refused = 'postgres://boarding:secret@127.0.0.1:1/boarding';
    for (const [args, env, said] of [
      [[], { DATA_FOLDER: file }, `DATA_FOLDER: ${file}: this is no folder (EEXIST).${orFolder}\n`],
      [
        ['erase'],
        { DATABASE_URL: refused },
        `DATABASE_URL: nothing answers at 127.0.0.1:1 (ECONNREFUSED).${orDatabase}\n`,
      ],
    ] as const) {
      const { status, stderr } = runCommand([...args], env);
      assert.equal(status, 1);
      assert.equal(stderr, said);
    }
  });
});
