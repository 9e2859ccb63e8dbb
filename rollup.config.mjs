import commonjs from '@rollup/plugin-commonjs';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { defineConfig } from 'rollup';
import esbuild from 'rollup-plugin-esbuild';

const { resolve } = createRequire(import.meta.url);

/** Copies files that a page needs as they are. */
const copy = (files) => ({
  name: 'copy',
  writeBundle: ({ dir }) => {
    for (const [from, to] of Object.entries(files)) {
      mkdirSync(dirname(join(dir, to)), { recursive: true });
      copyFileSync(from, join(dir, to));
    }
  },
});

/** Writes the types of what others import beside it. */
const declarations = (input) => ({
  name: 'declarations',
  writeBundle: ({ dir }) => {
    const options = `--declaration --emitDeclarationOnly --rootDir widget --outDir ${dir}
      --target es2022 --module esnext --moduleResolution bundler --allowImportingTsExtensions
      --strict --exactOptionalPropertyTypes --skipLibCheck --lib es2023,dom,dom.iterable --types node`;
    const tsc = resolve('typescript/package.json').replace('package.json', 'bin/tsc');
    const given = [tsc, '--ignoreConfig', input, ...options.split(/\s+/)];
    execFileSync(process.execPath, given, { stdio: 'inherit' });
  },
});

const forBrowsers = [
  nodeResolve({ browser: true }),
  commonjs(),
  esbuild({ target: 'es2022', minify: true, legalComments: 'none', charset: 'utf8' }),
];

/** A page of the mock: its modules and libraries bundled, the rest copied beside them. */
const page = (folder, to, files) => ({
  input: { main: `${folder}/main.ts` },
  plugins: [...forBrowsers, copy(files)],
  output: {
    dir: `dist/${to}`,
    entryFileNames: 'assets/[name].js',
    chunkFileNames: 'assets/[name]-[hash].js',
  },
});

export default defineConfig([
  // For bundlers: the modules as they are, libraries left to the embedding app.
  {
    input: ['widget/index.ts', 'widget/define.ts', 'widget/entry.ts', 'widget/verifier.ts'],
    external: /^(?![./]|\/)/,
    plugins: [esbuild({ target: 'es2022' }), declarations('widget/verifier.ts')],
    output: { dir: 'dist/widget', preserveModules: true, preserveModulesRoot: 'widget' },
  },
  // For a script tag: everything in one file.
  {
    input: 'widget/define.ts',
    plugins: forBrowsers,
    output: { file: 'dist/widget/boarding-id.bundle.js', inlineDynamicImports: true },
  },
  page('mock-server/host-app', 'host-app', {
    'mock-server/host-app/index.html': 'index.html',
    'mock-server/host-app/style.css': 'assets/style.css',
    'mock-server/http/docs.css': 'assets/docs.css',
  }),
  page('mock-server/gate/page', 'gate-page', {
    'mock-server/gate/page/index.html': 'index.html',
    'mock-server/gate/page/style.css': 'assets/style.css',
    [resolve('zxing-wasm/reader/zxing_reader.wasm')]: 'assets/zxing_reader.wasm',
  }),
  {
    input: { main: 'mock-server/main.ts' },
    external: /^(?![./]|\/)/,
    plugins: [esbuild({ target: 'es2022' })],
    output: { dir: 'dist/mock-server' },
  },
  // `npx boarding-id`: the picture reader inside, so that whoever embeds the component need not install it.
  {
    input: { main: 'mock-server/gate/command/main.ts' },
    external: /^(node:|jose$|valibot$)/,
    plugins: [
      nodeResolve(),
      esbuild({ target: 'es2022' }),
      copy({ [resolve('zxing-wasm/reader/zxing_reader.wasm')]: 'zxing_reader.wasm' }),
    ],
    output: { dir: 'dist/command' },
  },
]);
