import { zipSync, type Zippable } from 'fflate';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { targets, type Target } from './manifest.ts';

/** `npm run extension`: builds, and packs each browser's folder as its store takes it. */

const dist = fileURLToPath(new URL('../dist/extension/', import.meta.url));

/** Zip knows no time before; one that is always the same, so that the same files give the same package. */
const packedAt = new Date(1980, 0, 1);

/** @returns path of the package, `boarding-id-<target>-<version>.zip` beside the folder */
export function pack(target: Target): string {
  const folder = join(dist, target);
  const files: Zippable = {};
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const name = path.slice(folder.length + 1).replaceAll('\\', '/');
    files[name] = [readFileSync(path), { mtime: packedAt }];
  }
  const { version } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as {
    version: string;
  };
  const file = join(dist, `boarding-id-${target}-${version}.zip`);
  writeFileSync(file, zipSync(files, { level: 9 }));
  return file;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  for (const target of targets) process.stdout.write(`${pack(target)}\n`);
}
