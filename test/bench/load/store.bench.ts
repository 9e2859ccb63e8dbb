import Database from 'libsql';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'pg';
import { issueAtOnce, type WholeIssue } from '../../../mock-server/store/issue-at-once.ts';
import { openStore, type StoreOptions } from '../../../mock-server/store/open-store.ts';
import { startPostgres } from '../../running-postgres.ts';
import { applied, stepByStep } from '../../store/whole-issue.ts';
import { median } from '../quantile.ts';
import type { BenchRow } from '../row.ts';

const rounds = 20;
const warmUpRounds = 4;
const batch = 200;
/** So many at the same time, as over as many connections. */
const together = 20;

type Write = (issue: WholeIssue) => Promise<unknown>;

/** Whole issues in the store alone, beside commits of one row: all of them wait for the disk. */
export async function benchStore(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'boarding-id-store-'));
  const postgres = await startPostgres();
  try {
    const databaseUrl = postgres.newDatabase();
    return [
      ...(await compare('SQLite', { file: join(folder, 'store') }, rowInSqlite(folder), 0.7)),
      ...(await compare('PostgreSQL', { databaseUrl, file: '' }, rowInPostgres(databaseUrl), 0.6)),
    ];
  } finally {
    await postgres.stop();
    rmSync(folder, { recursive: true });
  }
}

interface OneRow {
  write: Write;
  close: () => Promise<void>;
}

function rowInSqlite(folder: string): OneRow {
  const database = new Database(join(folder, 'row'));
  database.exec('pragma journal_mode = wal; pragma synchronous = full');
  database.exec('create table one (id text primary key, sealed text)');
  const insert = database.prepare('insert into one values (?, ?)');
  return {
    write: async ({ check }) => insert.run(check.person, check.identity),
    close: async () => void database.close(),
  };
}

function rowInPostgres(connectionString: string): OneRow {
  const pool = new Pool({ connectionString });
  // A database that ends says so to those who have just left, too.
  pool.on('error', () => {});
  const created = pool.query('create table one (id text primary key, sealed text)');
  const text = 'insert into one values ($1, $2)';
  return {
    write: async ({ check }) => {
      await created;
      return pool.query({ name: 'one', text, values: [check.person, check.identity] });
    },
    close: () => pool.end(),
  };
}

async function compare(
  name: string,
  place: StoreOptions,
  oneRow: OneRow,
  goal: number,
): Promise<BenchRow[]> {
  const store = await openStore(place);
  const writes: Record<string, Write> = {
    'one row': oneRow.write,
    'at once': (issue) => issueAtOnce(store, issue),
    'step by step': (issue) => stepByStep(store, issue),
  };
  const times = new Map(Object.keys(writes).map((each) => [each, [] as number[]]));
  let people = 0;
  for (let round = 0; round < rounds + warmUpRounds; round++) {
    for (const [each, write] of Object.entries(writes)) {
      const issues: WholeIssue[] = [];
      while (issues.length < batch) {
        issues.push(await applied(store.hurried, `person ${++people}`, `check ${people}`));
      }
      const milliseconds = await timed(issues, write);
      if (round >= warmUpRounds) times.get(each)!.push(milliseconds);
    }
  }
  await oneRow.close();
  await store.destroy();

  const perSecond = (each: string): number => Math.round((1000 * batch) / median(times.get(each)!));
  const ratio = (each: string): number =>
    Number(
      median(times.get('one row')!.map((time, round) => time / times.get(each)![round]!)).toFixed(
        2,
      ),
    );
  const beside = `${perSecond('one row')} commits/s`;
  return [
    {
      what: `whole issues in the store, ${name}, of one-row commits`,
      value: perSecond('at once'),
      unit: 'issues/s',
      beside,
      ratio: ratio('at once'),
      goal: `≥ ${goal}`,
      met: ratio('at once') >= goal,
    },
    {
      what: `the same step by step, as when another was first, ${name}`,
      value: perSecond('step by step'),
      unit: 'issues/s',
      beside,
      ratio: ratio('step by step'),
      goal: '(none)',
      met: true,
    },
  ];
}

/** @returns milliseconds for all of them */
async function timed(issues: WholeIssue[], write: Write): Promise<number> {
  const waiting = issues.values();
  const start = performance.now();
  await Promise.all(
    Array.from({ length: together }, async () => {
      for (const issue of waiting) await write(issue);
    }),
  );
  return performance.now() - start;
}
