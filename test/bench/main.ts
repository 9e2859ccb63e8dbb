import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { benchCheck, benchPack, benchQr } from './protocol.bench.ts';
import type { BenchRow } from './row.ts';
import { benchSize } from './size.bench.ts';

/** `npm run bench`: every figure beside what it is compared with, as a table and as JSON. */

const benches = [benchSize, benchQr, benchCheck, benchPack];

const rows: BenchRow[] = [];
for (const bench of benches) rows.push(...(await bench()));

console.table(
  Object.fromEntries(
    rows.map(({ what, value, unit, beside = '', ratio, goal, met }) => [
      what,
      { value: `${value} ${unit}`, beside, ratio: ratio ?? '', goal, met: met ? 'yes' : 'NO' },
    ]),
  ),
);

const folder = fileURLToPath(new URL('../../dist/bench/', import.meta.url));
mkdirSync(folder, { recursive: true });
const machine = { node: process.version, cpu: cpus()[0]?.model, cores: cpus().length };
writeFileSync(`${folder}bench.json`, `${JSON.stringify({ machine, rows }, undefined, 2)}\n`);
console.log(`Written to dist/bench/bench.json (Node ${process.version}, ${cpus().length} cores).`);
