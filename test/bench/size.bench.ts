import commonjs from '@rollup/plugin-commonjs';
import { nodeResolve } from '@rollup/plugin-node-resolve';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { rollup, type OutputChunk } from 'rollup';
import esbuild from 'rollup-plugin-esbuild';
import type { BenchRow } from './row.ts';

/** Everything that an entry loads or can load in Chinese, each chunk gzipped as it is served. */
async function gzipBytes(entry: string, withDynamic: boolean): Promise<number> {
  const bundle = await rollup({
    input: fileURLToPath(new URL(`../../widget/${entry}`, import.meta.url)),
    plugins: [
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
  const entry = kilobytes(await gzipBytes('entry.ts', false));
  const flow = kilobytes(await gzipBytes('define.ts', true));
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
  ];
}
