import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A PostgreSQL server of the tests' own, empty. */
export interface RunningPostgres {
  /** Its maintenance database. `postgres://…` */
  url: string;
  /** A fresh database each time. @returns `postgres://…` */
  newDatabase: () => string;
  /** Waits until it has ended by itself. */
  ended: () => Promise<void>;
  /** Starts it again, where it has ended. */
  startAgain: () => Promise<void>;
  stop: () => Promise<void>;
}

interface PostgresOptions {
  /** Whether a commit waits for the disk: tests need no more than its order. */
  durable?: boolean;
  /** Where its data are to lie, without the journal; not there yet. */
  dataFolder?: string;
  /** Where its journal (WAL) is to lie; not there yet. */
  journalFolder?: string;
}

const debianPrograms = '/usr/lib/postgresql';

/** What to install where there is no PostgreSQL: the reason of a test that is skipped. */
export const missingPostgres: string | false =
  programsFolder() === undefined && 'PostgreSQL is missing. On Debian: apt install postgresql';

/** @throws where PostgreSQL is not installed, saying what to install */
export async function startPostgres({
  durable = true,
  dataFolder,
  journalFolder,
}: PostgresOptions = {}): Promise<RunningPostgres> {
  const programs = programsFolder();
  if (programs === undefined) throw new Error(missingPostgres || '');
  const folder = mkdtempSync(join(tmpdir(), 'boarding-id-postgres-'));
  const owner = process.getuid?.() === 0 ? postgresUser() : undefined;
  if (owner) chownSync(folder, owner.uid, owner.gid);
  const data = dataFolder ?? join(folder, 'data');
  const journal = journalFolder ?? join(folder, 'journal');
  const environment = { ...owner, cwd: folder, env: { PATH: process.env['PATH'], LC_ALL: 'C' } };
  execFileSync(
    join(programs, 'initdb'),
    [
      '-D',
      data,
      '-X',
      journal,
      '--wal-segsize',
      journalFolder ? '1' : '16',
      '-U',
      'postgres',
      '-A',
      'trust',
    ],
    { ...environment, stdio: 'ignore' },
  );
  const port = await freePort();
  const start = async () => {
    const started = spawn(
      join(programs, 'postgres'),
      ['-D', data, '-k', folder, '-h', '127.0.0.1', '-p', String(port)].concat(
        durable ? [] : ['-c', 'fsync=off', '-c', 'full_page_writes=off'],
      ),
      { ...environment, stdio: ['ignore', 'ignore', 'pipe'] },
    );
    const ended = new Promise<void>((resolve) => started.once('exit', () => resolve()));
    await isReady(started.stderr);
    return { started, ended };
  };
  let server = await start();
  let databases = 0;
  const address = `postgres://postgres@127.0.0.1:${port}`;
  return {
    url: `${address}/postgres`,
    newDatabase: () => {
      const name = `test_${++databases}`;
      execFileSync(
        join(programs, 'createdb'),
        ['-h', '127.0.0.1', '-p', String(port), '-U', 'postgres', name],
        environment,
      );
      return `${address}/${name}`;
    },
    ended: () => server.ended,
    startAgain: async () => {
      server = await start();
    },
    stop: async () => {
      // Fast shutdown: whoever is still connected is sent away.
      server.started.kill('SIGINT');
      await server.ended;
      rmSync(folder, { recursive: true });
    },
  };
}

/** The newest version that is there. */
function programsFolder(): string | undefined {
  const versions = existsSync(debianPrograms) ? readdirSync(debianPrograms) : [];
  return versions
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(debianPrograms, version, 'bin'))
    .find((folder) => existsSync(join(folder, 'initdb')));
}

/** PostgreSQL refuses to run as root. */
function postgresUser(): { uid: number; gid: number } {
  const id = (option: string): number =>
    Number(execFileSync('id', [option, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** @throws what the server has said, where it ends instead */
function isReady(log: NodeJS.ReadableStream): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    log.on('data', (text: Buffer) => {
      said += text.toString();
      if (said.includes('ready to accept connections')) resolve();
    });
    log.on('end', () => reject(new Error(said)));
  });
}
