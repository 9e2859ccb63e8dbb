import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { StoreOptions } from '../../mock-server/store/open-store.ts';
import { issues } from '../bench/load/askers.ts';
import { ServerUnderLoad } from '../bench/load/server-under-load.ts';
import { median } from '../bench/quantile.ts';
import { missingPostgres, startPostgres, type RunningPostgres } from '../running-postgres.ts';
import { mostPerSecond, steadily } from '../bench/load/steadily.ts';

/** `SOAK_MINUTES`: how long, on each store at the same time. */
const minutes = Number(process.env['SOAK_MINUTES'] ?? 10);
const connections = 10;

if (missingPostgres) console.error(`\n!!! NO SOAK ON POSTGRESQL !!!\n!!! ${missingPostgres}\n`);

describe(`${minutes} minutes of whole issues at half of what can be done`, () => {
  let folder: string;
  let postgres: RunningPostgres | undefined;
  const servers: Record<string, ServerUnderLoad> = {};
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'boarding-id-soak-'));
    if (!missingPostgres) postgres = await startPostgres();
    const places: Record<string, StoreOptions> = {
      SQLite: { file: join(folder, 'store') },
      ...(postgres && { PostgreSQL: { databaseUrl: postgres.newDatabase(), file: '' } }),
    };
    for (const [store, place] of Object.entries(places)) {
      servers[store] = await ServerUnderLoad.start('our-server', place);
    }
  });
  after(async () => {
    for (const server of Object.values(servers)) await server.stop();
    await postgres?.stop();
    rmSync(folder, { recursive: true });
  });

  it('meet no error, and take no more memory at the end than after the beginning, but for a tenth', async () => {
    const askersOf = (server: ServerUnderLoad) =>
      Array.from({ length: connections }, () => issues(server));
    const most = await Promise.all(
      Object.values(servers).map((server) => mostPerSecond(askersOf(server), 15_000)),
    );
    const soaked = await Promise.all(
      Object.entries(servers).map(async ([store, server], index) => {
        const perSecond = most[index]! / 2;
        const length = minutes * 60_000;
        const memory = async () => (await server.spent()).residentBytes / 1e6;
        const { done, samples } = await steadily(askersOf(server), perSecond, length, memory);
        const part = Math.floor(samples.length / 5);
        const early = median(samples.slice(part, 2 * part));
        const late = median(samples.slice(-part));
        console.log(
          `${store}: ${done} issues, ${perSecond.toFixed(0)} a second wanted (half of ${most[index]!.toFixed(0)}), ` +
            `${(done / (minutes * 60)).toFixed(0)} had; ${early.toFixed(0)} MB, then ${late.toFixed(0)} MB`,
        );
        return { store, growth: late / early - 1, kept: done / ((perSecond * length) / 1000) };
      }),
    );
    for (const { store, growth, kept } of soaked) {
      assert.ok(growth < 0.1, `${store}: ${Math.round(growth * 100)} % more memory`);
      // Otherwise it was not half of what can be done that it has borne.
      assert.ok(kept > 0.9, `${store}: ${Math.round(kept * 100)} % of what was wanted`);
    }
  });
});
