import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StoreOptions } from '../../../mock-server/store/open-store.ts';
import { sign } from '../../../widget/protocol/code/signature.ts';
import { startPostgres } from '../../running-postgres.ts';
import type { BenchRow } from '../row.ts';
import { issues, packs } from './askers.ts';
import { mostPerSecond } from './steadily.ts';
import { ServerUnderLoad } from './server-under-load.ts';
import { inTurns, type Compared, type Contestant } from './turns.ts';
import { kinds } from './where-time-goes.ts';

const askers = { issues, packs };

/** What is asked for, of how many processes on one store, over how many connections. */
interface Load {
  asks: keyof typeof askers;
  processes: number;
  connections: number;
}

const loads: Load[] = [
  { asks: 'issues', processes: 1, connections: 1 },
  { asks: 'issues', processes: 1, connections: 20 },
  { asks: 'issues', processes: 2, connections: 20 },
  { asks: 'packs', processes: 1, connections: 1 },
  { asks: 'packs', processes: 1, connections: 20 },
];

/** Whole issues and packs over HTTP, as fast as they come, beside the least that does their work. */
export async function benchLoad(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'boarding-id-load-'));
  const postgres = await startPostgres();
  let files = 0;
  const places: Record<string, () => StoreOptions> = {
    SQLite: () => ({ file: join(folder, `${++files}.sqlite`) }),
    PostgreSQL: () => ({ databaseUrl: postgres.newDatabase(), file: '' }),
  };
  try {
    const rows: BenchRow[] = [];
    const rawPacks = await rawPacksPerSecond();
    for (const [store, emptyPlace] of Object.entries(places)) {
      for (const load of loads) {
        const compared = await compare(load, emptyPlace);
        rows.push(...rowsOf(store, load, compared, rawPacks));
      }
      rows.push(...(await whereTimeGoes(store, emptyPlace())));
    }
    return rows;
  } finally {
    await postgres.stop();
    rmSync(folder, { recursive: true });
  }
}

async function compare(load: Load, emptyPlace: () => StoreOptions): Promise<Compared> {
  const ours = await contestant('our-server', load, emptyPlace());
  const bare = await contestant('bare-server', load, emptyPlace());
  try {
    return await inTurns(ours, bare);
  } finally {
    for (const server of [...ours.servers, ...bare.servers]) await server.stop();
  }
}

async function contestant(
  program: string,
  { asks, processes, connections }: Load,
  place: StoreOptions,
): Promise<Contestant> {
  const servers: ServerUnderLoad[] = [];
  while (servers.length < processes) servers.push(await ServerUnderLoad.start(program, place));
  return {
    servers,
    askers: Array.from({ length: connections }, (_, i) => askers[asks](servers[i % processes]!)),
  };
}

/** What the main thread of one process does in a whole issue, while it has as much to do as it can. */
async function whereTimeGoes(store: string, place: StoreOptions): Promise<BenchRow[]> {
  const load: Load = { asks: 'issues', processes: 1, connections: 10 };
  const { servers, askers: all } = await contestant('our-server', load, place);
  const [server] = servers;
  await mostPerSecond(all, 2000);
  await server!.watch();
  const seconds = 8;
  const done = (await mostPerSecond(all, seconds * 1000)) * seconds;
  const times = await server!.watched();
  await server!.stop();
  const sum = Object.values(times).reduce((before, each) => before + each, 0);
  return kinds.map((kind) => ({
    what: `main thread in a whole issue, ${store}: ${kind}`,
    value: rounded(times[kind] / done, 2),
    unit: 'ms',
    beside: `${rounded((100 * times[kind]) / sum, 0)} %`,
    goal: '(none)',
    met: true,
  }));
}

/** Thirty signatures at once, again and again, with nothing else to do. */
async function rawPacksPerSecond(): Promise<number> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
  const { privateKey } = await crypto.subtle.generateKey(algorithm, false, ['sign']);
  const input = new Uint8Array(168);
  const pack = () => Promise.all(Array.from({ length: 30 }, () => sign(privateKey, input)));
  for (let i = 0; i < 100; i++) await pack();
  const start = performance.now();
  for (let i = 0; i < 1000; i++) await pack();
  return 1_000_000 / (performance.now() - start);
}

function rowsOf(
  store: string,
  { asks, processes, connections }: Load,
  { ours, bare, ratio, cpuRatio }: Compared,
  rawPacks: number,
): BenchRow[] {
  const count = (amount: number, noun: string): string =>
    `${amount} ${noun}${amount === 1 ? '' : processes > 1 && noun === 'process' ? 'es' : 's'}`;
  const what = `${asks} over HTTP, ${store}, ${count(processes, 'process')}, ${count(connections, 'connection')}`;
  const unit = `${asks}/s`;
  const times = [0.5, 0.95, 0.99].map((part) => {
    const [mine, other] = [ours.milliseconds(part), bare.milliseconds(part)];
    const isLimited = part === 0.99 && asks === 'packs' && connections === 20;
    return {
      what: `${what}, p${part * 100}`,
      value: rounded(mine, 1),
      unit: 'ms',
      beside: `${rounded(other, 1)} ms`,
      ratio: rounded(mine / other, 2),
      goal: isLimited ? '≤ 1.3' : '(none)',
      met: !isLimited || mine / other <= 1.3,
    };
  });
  return [
    {
      what: `${what}, of a bare route`,
      value: rounded(ours.perSecond, 0),
      unit,
      beside: `${rounded(bare.perSecond, 0)} ${unit}`,
      ratio: rounded(ratio, 2),
      goal: '≥ 0.8',
      met: ratio >= 0.8,
    },
    ...times,
    {
      what: `${what}, processor time of one`,
      value: rounded(ours.cpuMilliseconds, 2),
      unit: 'ms',
      beside: `${rounded(bare.cpuMilliseconds, 2)} ms`,
      ratio: rounded(cpuRatio, 2),
      goal: '(none)',
      met: true,
    },
    {
      what: `${what}, of raw signing`,
      value: rounded(ours.perSecond, 0),
      unit,
      beside: `${rounded(rawPacks, 0)} times thirty signatures a second`,
      ratio: rounded(ours.perSecond / rawPacks, 2),
      goal: '(none)',
      met: true,
    },
  ];
}

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits));
