import commonjs from '@rollup/plugin-commonjs';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { defineConfig } from 'rollup';
import esbuild from 'rollup-plugin-esbuild';
import { manifestFor, targets } from './extension/manifest.ts';

const { resolve } = createRequire(import.meta.url);

/** What others import, each a subpath of `exports` in package.json. */
const subpaths = [
  'widget/index.ts',
  'widget/entry.ts',
  'widget/define.ts',
  'widget/protocol.ts',
  'widget/check.ts',
  'widget/bridge.ts',
  'widget/locales/zh.ts',
  'widget/locales/en.ts',
];
/** Sources of types that no module above leads to: a subpath of types alone, the bundle's, a library's. */
const typesAlone = ['widget/react.ts', 'widget/bundle.ts', 'widget/elements/qrcode-core.d.ts'];

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

/** Writes the types of what others import beside it, as every resolution finds them: by `.js`. */
const declarations = () => ({
  name: 'declarations',
  writeBundle: ({ dir }) => {
    const options = `--declaration --emitDeclarationOnly --rootDir widget --outDir ${dir}
      --target es2022 --module esnext --moduleResolution bundler --allowImportingTsExtensions
      --experimentalDecorators --useDefineForClassFields false --strict --exactOptionalPropertyTypes
      --skipLibCheck --lib es2023,dom,dom.iterable,dom.asynciterable --types`;
    const tsc = resolve('typescript/package.json').replace('package.json', 'bin/tsc');
    const given = [tsc, '--ignoreConfig', ...subpaths, ...typesAlone, ...options.split(/\s+/), ''];
    execFileSync(process.execPath, given, { stdio: 'inherit' });
    for (const name of readdirSync(dir, { recursive: true })) {
      if (!name.endsWith('.d.ts')) continue;
      const file = join(dir, name);
      const types = readFileSync(file, 'utf8');
      writeFileSync(
        file,
        types.replaceAll(/((?:from |import[ (])['"]\.[^'"]*)\.ts(?=['"])/g, '$1.js'),
      );
    }
  },
});

/** Prints the script-tag bundle's integrity hash, and writes it beside the bundle. */
const integrity = () => ({
  name: 'integrity',
  writeBundle({ file }) {
    const hash = `sha384-${createHash('sha384').update(readFileSync(file)).digest('base64')}`;
    const hashes = `${JSON.stringify({ [basename(file)]: hash }, undefined, 2)}\n`;
    writeFileSync(join(dirname(file), 'integrity.json'), hashes);
    this.info(`${file} integrity="${hash}"`);
  },
});

const forBrowsers = [
  nodeResolve({ browser: true, extensions: ['.js', '.mjs', '.ts', '.tsx'] }),
  commonjs(),
  esbuild({
    target: 'es2022',
    minify: true,
    legalComments: 'none',
    charset: 'utf8',
    loaders: { '.json': 'json' },
  }),
];

/** A page of the mock: its modules and libraries bundled, the rest copied beside them. */
const page = (folder, to, files, { input = { main: `${folder}/main.ts` }, plugins = [] } = {}) => ({
  input,
  plugins: [...plugins, ...forBrowsers, copy(files)],
  output: {
    dir: `dist/${to}`,
    entryFileNames: 'assets/[name].js',
    chunkFileNames: 'assets/[name]-[hash].js',
  },
});

/** As while a host is being developed: React mounts twice then, and Vue warns. */
const developing = {
  name: 'developing',
  transform: (code) =>
    code
      .replaceAll('process.env.NODE_ENV', '"development"')
      .replaceAll(/(?<!\.)\b__VUE_[A-Z_]+__\b/g, 'false'),
};

/** Each way to embed the component: its page, and the script that it has. */
const examples = [
  ['module', 'main.ts'],
  ['script-tag'],
  ['frame', 'main.ts'],
  ['frame-forgotten'],
  ['component', 'main.ts'],
  ['react', 'main.tsx'],
  ['vue', 'main.ts'],
];
const embedding = 'mock-server/embedding';
const exampleScripts = examples
  .filter(([, script]) => script)
  .map(([name, script]) => [name, `${embedding}/${name}/${script}`]);
const examplePages = examples.map(([name]) => [
  `${embedding}/${name}/index.html`,
  `${name}/index.html`,
]);
/** As text too, for the page that shows what they are made of. */
const exampleSources = [
  [`${embedding}/session.ts`, 'session.ts.txt'],
  ...examples.flatMap(([name, ...scripts]) =>
    ['index.html', ...scripts].map((file) => [
      `${embedding}/${name}/${file}`,
      `${name}/${file}.txt`,
    ]),
  ),
];

const surfaces = ['popup', 'page', 'panel', 'options'];
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const extensionFiles = {
  'extension/surface.css': 'surface.css',
  ...Object.fromEntries(surfaces.map((name) => [`extension/${name}/index.html`, `${name}.html`])),
  ...Object.fromEntries(
    ['_locales/zh_CN/messages.json', '_locales/en/messages.json', ...iconFiles()].map((file) => [
      `extension/${file}`,
      file,
    ]),
  ),
};

function iconFiles() {
  return readdirSync('extension/icons')
    .filter((name) => name.endsWith('.png'))
    .map((name) => `icons/${name}`);
}

/** One folder for each browser, to be loaded unpacked. */
const extensionFor = (target) => ({
  dir: `dist/extension/${target}`,
  entryFileNames: '[name].js',
  chunkFileNames: 'shared/[name]-[hash].js',
  plugins: [
    copy(extensionFiles),
    {
      name: 'manifest',
      // Whatever is there is packed, so nothing of an earlier build may be.
      renderStart: ({ dir }) => rmSync(dir, { recursive: true, force: true }),
      generateBundle() {
        const source = `${JSON.stringify(manifestFor(target, version), undefined, 2)}\n`;
        this.emitFile({ type: 'asset', fileName: 'manifest.json', source });
      },
    },
  ],
});

export default defineConfig([
  // For bundlers: the modules as they are, libraries left to the embedding app.
  {
    input: subpaths,
    external: /^(?![./]|\/)/,
    plugins: [
      esbuild({ target: 'es2022' }),
      declarations(),
      copy({ 'widget/docs/custom-elements.json': 'custom-elements.json' }),
    ],
    output: { dir: 'dist/widget', preserveModules: true, preserveModulesRoot: 'widget' },
  },
  // For a script tag: everything in one file.
  {
    input: 'widget/bundle.ts',
    plugins: [...forBrowsers, integrity()],
    output: { file: 'dist/widget/boarding-id.bundle.js', inlineDynamicImports: true },
  },
  page('mock-server/host-app', 'host-app', {
    'mock-server/host-app/index.html': 'index.html',
    'mock-server/host-app/style.css': 'assets/style.css',
    'mock-server/http/docs.css': 'assets/docs.css',
  }),
  page('mock-server/gallery', 'host-app/gallery', {
    'mock-server/gallery/index.html': 'index.html',
    'mock-server/gallery/style.css': 'assets/style.css',
  }),
  page(
    embedding,
    'embedding',
    {
      [`${embedding}/index.html`]: 'index.html',
      [`${embedding}/style.css`]: 'assets/style.css',
      [`${embedding}/example.css`]: 'assets/example.css',
      'dist/widget/boarding-id.bundle.js': 'script-tag/boarding-id.bundle.js',
      ...Object.fromEntries(examplePages),
    },
    {
      input: {
        main: `${embedding}/main.ts`,
        shown: `${embedding}/shown.ts`,
        ...Object.fromEntries(exampleScripts),
      },
      plugins: [developing, copy(Object.fromEntries(exampleSources))],
    },
  ),
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
  {
    input: Object.fromEntries(
      [...surfaces, 'background'].map((name) => [name, `extension/${name}/main.ts`]),
    ),
    plugins: forBrowsers,
    output: targets.map(extensionFor),
  },
  // `npx boarding-id`: the picture reader inside, so that whoever embeds the component need not install it.
  {
    input: { main: 'mock-server/command/main.ts' },
    external: /^(node:|jose$|valibot$)/,
    plugins: [
      nodeResolve(),
      esbuild({ target: 'es2022' }),
      copy({ [resolve('zxing-wasm/reader/zxing_reader.wasm')]: 'zxing_reader.wasm' }),
    ],
    output: { dir: 'dist/command' },
  },
]);
