import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeSetting } from '../../mock-server/store/settings.ts';
import { startWatched, type WatchedIssuer } from './watched-issuer.ts';

const main = fileURLToPath(new URL('../../mock-server/main.ts', import.meta.url));

/** What a command came to. */
export interface Outcome {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** A running issuer, and the commands that its operator gives beside it, each in a process of its own. */
export interface Operated {
  running: WatchedIssuer;
  /** On the running issuer's store, by its clock. */
  command: (args: string[], input?: string) => Promise<Outcome>;
  close: () => Promise<void>;
}

export async function startOperated(): Promise<Operated> {
  const folder = mkdtempSync(join(tmpdir(), 'boarding-id-operated-'));
  const running = await startWatched({ file: join(folder, 'boarding-id.sqlite') });
  return {
    running,
    command: async (args, input = '') => {
      await writeSetting(running.store, 'mock-clock-offset-ms', String(running.time - Date.now()));
      return runCommand(args, { DATA_FOLDER: folder }, input);
    },
    close: async () => {
      await running.close();
      rmSync(folder, { recursive: true });
    },
  };
}

export function runCommand(args: string[], env: Record<string, string>, input = ''): Outcome {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', 'tsx', main, ...args],
    { env: { ...process.env, DATABASE_URL: '', ...env }, input, encoding: 'utf8', timeout: 30_000 },
  );
  return { status, stdout, stderr };
}
