import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { transform } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));
const floor = join(root, 'widget/protocol');

const names = (await readdir(floor, { recursive: true })).filter((name) => name.endsWith('.ts'));

/** A source without types and comments. */
async function codeOf(name: string): Promise<string> {
  const source = await readFile(join(floor, name), 'utf8');
  const { code } = await transform(source, { loader: 'ts', legalComments: 'none' });
  return code;
}

/** All that floor 1 may use beyond ECMAScript: text as bytes, and Web Crypto's signatures. */
const world = `
  interface CryptoKey { readonly type: string }
  interface EcdsaParams { name: string; hash: string }
  declare const crypto: {
    readonly subtle: {
      sign(algorithm: EcdsaParams, key: CryptoKey, data: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer>;
      verify(
        algorithm: EcdsaParams,
        key: CryptoKey,
        signature: Uint8Array<ArrayBuffer>,
        data: Uint8Array<ArrayBuffer>,
      ): Promise<boolean>;
    };
  };
  declare class TextEncoder { encode(text: string): Uint8Array<ArrayBuffer> }
  declare class TextDecoder {
    constructor(label: string, options: { ignoreBOM: boolean });
    decode(bytes: Uint8Array): string;
  }
`;

describe('floor 1', () => {
  it('has sources to look at', () => assert.ok(names.length > 15));

  it('needs no DOM, no Node and no platform: it compiles where there is none', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'boarding-id-floor-'));
    try {
      await writeFile(join(folder, 'world.d.ts'), world);
      const project = {
        extends: join(root, 'tsconfig.json'),
        compilerOptions: { lib: ['ES2023'], types: [] },
        files: [join(folder, 'world.d.ts'), ...names.map((name) => join(floor, name))],
        include: [],
      };
      await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(project));
      const compiler = join(root, 'node_modules/typescript/bin/tsc');
      await promisify(execFile)(process.execPath, [compiler, '-p', folder]).catch(
        (failed: { stdout?: string; message?: string }) =>
          assert.fail(failed.stdout ?? failed.message),
      );
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('reads no clock and no random source: both are given to it', async () => {
    const reading =
      /Date\.now|new Date\(\s*\)|(?<!new )\bDate\(|Math\.random|performance|getRandomValues|randomUUID|generateKey/;
    for (const name of names) {
      assert.equal(reading.exec(await codeOf(name))?.[0], undefined, name);
    }
  });

  it('imports only itself and valibot', async () => {
    for (const name of names) {
      const code = await codeOf(name);
      for (const [, from = ''] of code.matchAll(/(?:from|import)\s*\(?\s*["']([^"']+)["']/g)) {
        const inside = from.startsWith('.') && !join(name, '..', from).startsWith('..');
        assert.ok(inside || from === 'valibot', `${name} imports ${from}`);
      }
    }
  });
});
