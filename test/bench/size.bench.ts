import commonjs from '@rollup/plugin-commonjs';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { rollup, type OutputChunk, type Plugin } from 'rollup';
import esbuild from 'rollup-plugin-esbuild';
import type { BenchRow } from './row.ts';

/** What the widget uses of the given libraries, for seeing what a missed ceiling went into. */
const libraries = `
  export { LitElement, html, css, nothing, svg } from 'lit';
  export { property, query, state } from 'lit/decorators.js';
  export { openDB } from 'idb';
  export { default as qrcode } from 'qrcode/lib/core/qrcode.js';
  export { generateProof } from 'dpop';
  export { decodeJwt } from 'jose';
  export { object, optional, array, string, number, boolean, literal, picklist, pipe, check,
    integer, minValue, maxValue, maxLength, strictObject, safeParse } from 'valibot';`;

/** An entry that stands in no file. */
const written = (name: string, source: string): Plugin => ({
  name: 'written-entry',
  resolveId: (id) => (id === name ? id : null),
  load: (id) => (id === name ? source : null),
});

/** Everything that an entry loads or can load in Chinese, each chunk gzipped as it is served. */
async function gzipBytes(entry: string, withDynamic: boolean): Promise<number> {
  const bundle = await rollup({
    input: entry,
    plugins: [
      written('libraries', libraries),
      nodeResolve({ browser: true }),
      commonjs(),
      esbuild({ target: 'es2022', minify: true, legalComments: 'none', charset: 'utf8' }),
    ],
  });
  const { output } = await bundle.generate({ format: 'es' });
  await bundle.close();
  const chunks = output.filter((file): file is OutputChunk => file.type === 'chunk');
  const byName = new Map(chunks.map((chunk) => [chunk.fileName, chunk]));
  const reached = new Set<OutputChunk>();
  const reach = (chunk: OutputChunk | undefined): void => {
    if (!chunk || reached.has(chunk) || chunk.facadeModuleId?.endsWith('/locales/en.ts')) return;
    reached.add(chunk);
    for (const name of chunk.imports) reach(byName.get(name));
    if (withDynamic) for (const name of chunk.dynamicImports) reach(byName.get(name));
  };
  reach(chunks.find(({ isEntry }) => isEntry));
  return [...reached].reduce((sum, { code }) => sum + gzipSync(code, { level: 9 }).length, 0);
}

/** Sizes against their ceilings (R1: the tile is light enough for every home page). */
export async function benchSize(): Promise<BenchRow[]> {
  const kilobytes = (bytes: number): number => Number((bytes / 1000).toFixed(1));
  const fileOf = (name: string) => fileURLToPath(new URL(`../../widget/${name}`, import.meta.url));
  const entry = kilobytes(await gzipBytes(fileOf('entry.ts'), false));
  const flow = kilobytes(await gzipBytes(fileOf('define.ts'), true));
  const given = kilobytes(await gzipBytes('libraries', false));
  return [
    {
      what: 'widget: entry tile alone',
      value: entry,
      unit: 'kB gzip',
      goal: '≤ 9',
      met: entry <= 9,
    },
    {
      what: 'widget: whole flow, one language',
      value: flow,
      unit: 'kB gzip',
      goal: '≤ 34',
      met: flow <= 34,
    },
    {
      what: 'widget: of that, the given libraries',
      value: given,
      unit: 'kB gzip',
      goal: '(20.4 where measured before)',
      met: true,
    },
  ];
}
