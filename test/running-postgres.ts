import { execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A PostgreSQL server of the tests' own, empty. */
export interface RunningPostgres {
  /** A fresh database each time. @returns `postgres://…` */
  newDatabase: () => string;
  stop: () => Promise<void>;
}

const debianPrograms = '/usr/lib/postgresql';

/** @throws where PostgreSQL is not installed, saying what to install */
export async function startPostgres(): Promise<RunningPostgres> {
  const programs = programsFolder();
  const folder = mkdtempSync(join(tmpdir(), 'boarding-id-postgres-'));
  const owner = process.getuid?.() === 0 ? postgresUser() : undefined;
  if (owner) chownSync(folder, owner.uid, owner.gid);
  const data = join(folder, 'data');
  const environment = { ...owner, cwd: folder, env: { PATH: process.env['PATH'], LC_ALL: 'C' } };
  execFileSync(join(programs, 'initdb'), ['-D', data, '-U', 'postgres', '-A', 'trust'], {
    ...environment,
    stdio: 'ignore',
  });
  const port = await freePort();
  const server = spawn(
    join(programs, 'postgres'),
    ['-D', data, '-k', folder, '-h', '127.0.0.1', '-p', String(port)],
    { ...environment, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  await isReady(server.stderr);
  let databases = 0;
  return {
    newDatabase: () => {
      const name = `test_${++databases}`;
      execFileSync(
        join(programs, 'createdb'),
        ['-h', '127.0.0.1', '-p', String(port), '-U', 'postgres', name],
        environment,
      );
      return `postgres://postgres@127.0.0.1:${port}/${name}`;
    },
    stop: async () => {
      // Fast shutdown: whoever is still connected is sent away.
      server.kill('SIGINT');
      await new Promise((resolve) => server.once('exit', resolve));
      rmSync(folder, { recursive: true });
    },
  };
}

function programsFolder(): string {
  const versions = existsSync(debianPrograms) ? readdirSync(debianPrograms) : [];
  const newest = versions.sort((a, b) => Number(b) - Number(a))[0];
  if (newest === undefined) {
    throw new Error('These tests need PostgreSQL. On Debian: apt install postgresql');
  }
  return join(debianPrograms, newest, 'bin');
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
