import { execFileSync, spawn, type ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Writable } from 'node:stream';

/** A file system of a test's own, so small that it is filled in no time. */
export interface SmallDisk {
  /** Where it is mounted; anyone may write there. */
  folder: string;
  /** Until not one page is left. */
  fill: () => void;
  /** What filled it, if anything did, is deleted. */
  clear: () => void;
  /** Unmounts it, whoever still uses it. */
  remove: () => Promise<void>;
}

/** Why there can be none here: the reason of a test that is skipped. */
export const missingSmallDisk: string | false = await reasonWithout();

/** @throws where nothing may be mounted */
export function mountSmallDisk(megabytes: number): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), 'boarding-id-disk-'));
  try {
    const options = `size=${megabytes}m,mode=1777`;
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], { stdio: 'pipe' });
  } catch (error) {
    rmSync(folder, { recursive: true });
    throw error;
  }
  const ballast = join(folder, 'ballast');
  const remover = removeAtEnd(folder);
  return {
    folder,
    fill: () => {
      const file = openSync(ballast, 'a');
      try {
        writeUntilFull(file);
      } finally {
        closeSync(file);
      }
    },
    clear: () => rmSync(ballast, { force: true }),
    remove: async () => {
      remover.ref();
      remover.stdin.end();
      await once(remover, 'exit');
    },
  };
}

/** Waits beside for the end of its input, which comes however this process ends, and unmounts then. */
function removeAtEnd(folder: string): ChildProcessByStdio<Writable, null, null> {
  const program = 'cat; umount --lazy "$0" && rmdir "$0"';
  const remover = spawn('sh', ['-c', program, folder], {
    stdio: ['pipe', 'ignore', 'inherit'],
    // In a process group of its own, or Ctrl-C would end it too.
    detached: true,
  });
  remover.unref();
  return remover;
}

function writeUntilFull(file: number): void {
  const chunk = Buffer.alloc(65_536);
  try {
    for (;;) writeSync(file, chunk);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  }
}

async function reasonWithout(): Promise<string | false> {
  try {
    await mountSmallDisk(1).remove();
    return false;
  } catch {
    return 'No small disk can be mounted: it takes root with CAP_SYS_ADMIN, or `unshare -Urm` before the command.';
  }
}
