import { unzipSync } from 'fflate';
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { targets } from '../../extension/manifest.ts';
import { pack } from '../../extension/pack.ts';

const dist = fileURLToPath(new URL('../../dist/extension/', import.meta.url));
const linter = join(
  dirname(createRequire(import.meta.url).resolve('addons-linter/package.json')),
  'bin/addons-linter',
);

interface Found {
  code: string;
  message: string;
  file?: string;
}

/** What Firefox's store would say of a folder or a package. */
const lint = (path: string): Promise<Record<'errors' | 'warnings' | 'notices', Found[]>> =>
  new Promise((resolve) => {
    // It ends with 1 where it finds an error, which the test is to name.
    execFile(process.execPath, [linter, path, '--output', 'json'], (_, output) =>
      resolve(JSON.parse(output)),
    );
  });

/** Explained in `extension/PERMISSIONS.md`. */
const explained = new Set(['UNSAFE_VAR_ASSIGNMENT']);

describe('the package', () => {
  for (const target of targets) {
    it(`for ${target} holds what was built, its manifest at the root, and nothing beside`, () => {
      const file = pack(target);
      const { version } = JSON.parse(readFileSync(join(dist, target, 'manifest.json'), 'utf8')) as {
        version: string;
      };
      assert.equal(basename(file), `boarding-id-${target}-${version}.zip`);
      const packed = unzipSync(readFileSync(file));
      assert.ok('manifest.json' in packed);
      const built = readdirSync(join(dist, target), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => join(parentPath, name).slice(join(dist, target).length + 1));
      assert.deepEqual(
        Object.keys(packed).sort(),
        built.map((name) => name.replaceAll('\\', '/')).sort(),
      );
      for (const [name, content] of Object.entries(packed))
        assert.ok(readFileSync(join(dist, target, name)).equals(content), name);
    });

    it(`for ${target} is the same, byte for byte, when packed again`, () => {
      const once = readFileSync(pack(target));
      assert.ok(once.equals(readFileSync(pack(target))));
    });
  }

  for (const [what, path] of [
    ['folder', () => join(dist, 'firefox')],
    ['package', () => pack('firefox')],
  ] as const) {
    it(`for Firefox passes the linter of its store, as a ${what}, with explained warnings alone`, async () => {
      const { errors, warnings, notices } = await lint(path());
      assert.deepEqual([...errors, ...notices], []);
      const expected = warnings.map(({ code }) => code).filter((code) => explained.has(code));
      assert.equal(expected.length, warnings.length, JSON.stringify(warnings));
      assert.equal(new Set(expected).size, expected.length, 'each once');
    });
  }
});
