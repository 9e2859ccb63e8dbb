import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Makes a folder and those above it, one after the other. Node's own way, `recursive`, tries for ever where a
 * parent is there and says that it is not, as `/proc` does.
 *
 * @throws what the file system says (`ENOENT`, `ENOTDIR`, `EEXIST` where it is a file, `EACCES`, …)
 */
export function makeFolder(folder: string): void {
  if (isFolder(folder)) return;
  makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another server that starts may have been first.
    if (!isFolder(folder)) throw error;
  }
}

const isFolder = (path: string): boolean =>
  statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
