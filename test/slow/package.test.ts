import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { build, type BuildOptions, type BuildResult } from 'esbuild';
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { InstalledPackage } from '../package/installed.ts';
import { inNode, program, reactProgram, wrongReactLines } from '../package/uses.ts';

describe('the package, packed and installed in an empty project', () => {
  let installed: InstalledPackage;
  let own: { exports: Record<string, string | Record<string, string>>; customElements: string };
  before(async () => {
    installed = await InstalledPackage.create();
    own = JSON.parse(readFileSync(installed.file('package.json'), 'utf8')) as typeof own;
  });
  after(() => installed?.remove());

  it('holds what a host uses, and no source, test or mock', () => {
    for (const file of installed.files) {
      assert.match(file, /^(package\.json|README\.md|LICENSE|dist\/(widget|command)\/.+)$/);
      assert.match(file, /\.(js|d\.ts|json|md|wasm)$|LICENSE$/);
    }
    assert.ok(installed.files.includes(own.customElements));
  });

  it('is as publint wants it, strictly', async () => {
    const packed = readFileSync(installed.tarball);
    const tarball = packed.buffer.slice(packed.byteOffset, packed.byteOffset + packed.length);
    const { messages, pkg } = await publint({ strict: true, pack: { tarball } });
    assert.deepEqual(
      messages.map((message) => formatMessage(message, pkg)),
      [],
    );
  });

  it('has types that are right for whoever imports it as a module', async () => {
    const checked = await checkPackage(
      createPackageFromTarballData(new Uint8Array(readFileSync(installed.tarball))),
    );
    assert.ok(checked.types, 'it has no types');
    assert.deepEqual(
      Object.keys(checked.entrypoints).toSorted(),
      Object.keys(own.exports).toSorted(),
    );
    // There is no CommonJS in it, and node10 knows no exports.
    const others = ['node10', 'node16-cjs'];
    const problems = checked.problems.filter(
      (problem) => !('resolutionKind' in problem && others.includes(problem.resolutionKind)),
    );
    assert.deepEqual(problems, []);
  });

  it('puts types first in every entry, and each subpath is used below', () => {
    for (const [subpath, entry] of Object.entries(own.exports)) {
      if (typeof entry !== 'string') assert.equal(Object.keys(entry)[0], 'types', subpath);
      const name = `'${subpath.replace('.', 'boarding-id')}'`;
      assert.ok((program + reactProgram).includes(name), `${subpath} is not used`);
    }
  });

  for (const resolution of ['bundler', 'nodenext'] as const) {
    it(`compiles, strictly, each subpath in use, found as by ${resolution}`, async () => {
      const files = [
        await installed.write('host.ts', program),
        await installed.write('page.tsx', reactProgram),
      ];
      assert.deepEqual(await installed.compile(resolution, ...files), { status: 0, output: '' });
    });
  }

  // What one subpath declares for all must not be what another only compiles with.
  for (const subpath of [
    'boarding-id',
    'boarding-id/react',
    'boarding-id/entry',
    'boarding-id/bridge',
  ]) {
    it(`compiles ${subpath} where it is all that a host imports`, async () => {
      const text = `import type {} from '${subpath}';\n`;
      const file = await installed.write('alone.ts', text);
      assert.deepEqual(await installed.compile('bundler', file), { status: 0, output: '' });
    });
  }

  it('refuses what the elements do not take in JSX', async () => {
    const lines = wrongReactLines.map((line, index) => `export const wrong${index} = ${line};`);
    const text = ["import type {} from 'boarding-id/react';", ...lines].join('\n');
    const { output } = await installed.compile('bundler', await installed.write('wrong.tsx', text));
    const refused = new Set(
      [...output.matchAll(/wrong\.tsx\((\d+),/g)].map(([, line]) => Number(line)),
    );
    assert.deepEqual(
      [...refused],
      wrongReactLines.map((_, index) => index + 2),
    );
  });

  it('runs in Node where it needs no page; the root registers nothing', async () => {
    const { status, output } = await installed.node(await installed.write('run.js', inNode));
    assert.equal(status, 0, output);
    assert.deepEqual(JSON.parse(output), {
      root: ['function', 'function', true],
      bridge: ['function', 'undefined'],
      same: true,
      globals: [],
      verdict: { admitted: false, reason: 'malformed' },
      identity: { ok: false, problem: 'unsupported-document' },
      languages: ['zh-CN', 'en'],
      effects: ['the registry was asked', 'the registry was asked'],
    });
  });

  it('brings the command', async () => {
    const command = installed.file('dist/command/main.js');
    const { status, output } = await installed.node(command, '--help');
    assert.equal(status, 0);
    assert.match(output, /boarding-id check/);
    const conformance = await installed.node(command, 'conformance', 'http://127.0.0.1:9');
    assert.match(conformance.output, /^Nothing answers at http:/);
  });

  it('names the hash of the bundle as it is', () => {
    const file = 'boarding-id.bundle.js';
    const hashes = JSON.parse(
      readFileSync(installed.file('dist/widget/integrity.json'), 'utf8'),
    ) as Record<string, string>;
    const hash = createHash('sha384').update(readFileSync(installed.file(`dist/widget/${file}`)));
    assert.deepEqual(hashes, { [file]: `sha384-${hash.digest('base64')}` });
  });

  describe('in a bundle of the host’s own', () => {
    const bundle = (text: string): Promise<BuildResult<BuildOptions & { metafile: true }>> =>
      build({
        stdin: { contents: text, resolveDir: installed.folder },
        bundle: true,
        minify: true,
        format: 'esm',
        metafile: true,
        write: false,
        logLevel: 'silent',
        outdir: 'out',
        splitting: true,
      });
    /** What is loaded or can be loaded, files of which something is left. */
    const filesOf = async (text: string): Promise<string[]> => {
      const { outputs } = (await bundle(text)).metafile;
      const reached = new Set<string>();
      const reach = (name: string): void => {
        if (reached.has(name)) return;
        reached.add(name);
        for (const { path, external } of outputs[name]?.imports ?? []) if (!external) reach(path);
      };
      for (const [name, { entryPoint }] of Object.entries(outputs)) {
        if (entryPoint === '<stdin>') reach(name);
      }
      assert.ok(reached.size > 0);
      return [...reached].flatMap((name) =>
        Object.entries(outputs[name]?.inputs ?? {})
          .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
          .map(([file]) => file.replace(/^.*node_modules\//, '')),
      );
    };
    const isLit = (file: string): boolean => /^(lit|@lit)/.test(file);

    it('the check brings no Lit, and no screen', async () => {
      const whole = await filesOf("export * from 'boarding-id/check'");
      assert.ok(whole.includes('boarding-id/dist/widget/protocol/code/check.js'));
      assert.deepEqual(
        whole.filter((file) => isLit(file) || /elements|flow|host/.test(file)),
        [],
      );
    });

    it('one function of the check brings neither the signed lists nor what reads them', async () => {
      const one = await filesOf("export { checkCode } from 'boarding-id/check'");
      assert.ok(one.includes('boarding-id/dist/widget/protocol/code/check.js'));
      assert.deepEqual(
        one.filter((file) => isLit(file) || /^jose|check\/trust/.test(file)),
        [],
      );
    });

    it('the protocol brings no Lit', async () => {
      const whole = await filesOf("export * from 'boarding-id/protocol'");
      assert.ok(whole.includes('boarding-id/dist/widget/protocol/policy.js'));
      assert.deepEqual(whole.filter(isLit), []);
    });

    it('the root that nobody uses brings nothing, and the element that somebody uses does bring Lit', async () => {
      assert.deepEqual(
        (await filesOf("import 'boarding-id'")).filter((file) => file !== '<stdin>'),
        [],
      );
      const used = await filesOf("export { BoardingId } from 'boarding-id'");
      assert.ok(used.some(isLit));
    });

    it('`define` keeps the registration of each screen, and English in a chunk of its own', async () => {
      const { outputFiles = [], metafile } = await bundle("import 'boarding-id/define'");
      const code = outputFiles.map(({ text }) => text).join('\n');
      for (const screen of ['header', 'services', 'application', 'liveness', 'outcome', 'code']) {
        assert.ok(code.includes(`"boarding-id-${screen}"`), screen);
      }
      const english = Object.values(metafile.outputs).filter(({ inputs }) =>
        Object.keys(inputs).some((file) => /locales\/.*en\.js$/.test(file)),
      );
      assert.equal(english.length, 1);
      assert.ok(Object.keys(english[0]?.inputs ?? {}).every((file) => file.endsWith('en.js')));
    });
  });
});
