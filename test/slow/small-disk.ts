import { execFileSync } from 'node:child_process';
import {
  closeSync,
  ftruncateSync,
  fstatSync,
  mkdtempSync,
  openSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file system of a test's own, so small that it is filled in no time. */
export interface SmallDisk {
  /** Where it is mounted; anyone may write there. */
  folder: string;
  /** Until not one page is left, or no more than so many bytes. */
  fill: (spareBytes?: number) => void;
  /** What filled it is deleted. */
  clear: () => void;
  /** Unmounts it, whoever still uses it. */
  remove: () => void;
}

/** Why there can be none here: the reason of a test that is skipped. */
export const missingSmallDisk: string | false = reasonWithout();

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
  const remove = (): void => {
    process.off('exit', remove);
    execFileSync('umount', ['--lazy', folder]);
    rmSync(folder, { recursive: true });
  };
  // Also where a test run is broken off.
  process.on('exit', remove);
  return {
    folder,
    fill: (spareBytes = 0) => {
      const file = openSync(ballast, 'a');
      try {
        writeUntilFull(file);
        ftruncateSync(file, fstatSync(file).size - spareBytes);
      } finally {
        closeSync(file);
      }
    },
    clear: () => rmSync(ballast),
    remove,
  };
}

function writeUntilFull(file: number): void {
  const chunk = Buffer.alloc(65_536);
  try {
    for (;;) writeSync(file, chunk);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  }
}

function reasonWithout(): string | false {
  try {
    mountSmallDisk(1).remove();
    return false;
  } catch {
    return 'No small disk can be mounted. Run as root with CAP_SYS_ADMIN, or for SQLite under: unshare -Urm';
  }
}
