import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { benchArrival } from './arrival.bench.ts';
import { benchCamera } from './camera.bench.ts';
import { benchEnumeration } from './enumeration.bench.ts';
import { benchLoad } from './load/load.bench.ts';
import { benchStore } from './load/store.bench.ts';
import { benchLegibility } from './legibility.bench.ts';
import { benchCheck, benchPack, benchQr } from './protocol.bench.ts';
import type { BenchRow } from './row.ts';
import { benchRotation } from './rotation.bench.ts';
import { benchSize } from './size.bench.ts';

/**
 * `npm run bench`: every figure beside what it is compared with, as a table and as JSON. Those named on
 * the command line, or all.
 */

const benches = {
  size: benchSize,
  qr: benchQr,
  check: benchCheck,
  pack: benchPack,
  enumeration: benchEnumeration,
  store: benchStore,
  load: benchLoad,
  legibility: benchLegibility,
  camera: benchCamera,
  rotation: benchRotation,
  arrival: benchArrival,
};

const named = process.argv.slice(2);
const unknown = named.filter((name) => !(name in benches));
if (unknown.length > 0) {
  console.error(
    `No bench is called ${unknown.join(', ')}; there are ${Object.keys(benches).join(', ')}.`,
  );
  process.exit(1);
}
const rows: BenchRow[] = [];
for (const [name, bench] of Object.entries(benches)) {
  if (named.length > 0 && !named.includes(name)) continue;
  console.log(`── ${name}`);
  rows.push(...(await bench()));
}

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
