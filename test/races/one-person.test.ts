import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { contradictions, ofChains } from './agreement.ts';
import { onEachStore, type TwoServers } from './two-servers.ts';

const noon = Date.parse('2027-03-01T12:00:00+08:00') / 1000;
const hour = 3600;

const counted = (statuses: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const status of statuses) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
};

/** Applies as often, half of it at each server. */
async function apply(
  { both }: TwoServers,
  applications: { person: string; at: number; count: number; naively?: boolean },
): Promise<Record<string, number>> {
  const half = { ...applications, count: applications.count / 2 };
  return counted((await both('applyAtOnce', () => half)).flat());
}

const chainOf = ({ store }: TwoServers, person: string) =>
  store.selectFrom('proofs').selectAll().where('person', '=', person).execute();

describe('one person’s applications at two servers', () => {
  onEachStore((servers) => {
    const crowd = async (person: string, count: number, naively = false): Promise<void> => {
      const counts = await apply(servers(), { person, at: noon, count, naively });
      assert.deepEqual(ofChains(await chainOf(servers(), person)), []);
      assert.deepEqual(counts, { issued: 1, existing: count - 1 });
    };

    it('come to one proof, 10,000 at once (R7, R9)', () => crowd('crowd', 10_000));

    it('come to three in a month, a hundred at once every 21 hours (R9, R11)', async () => {
      const all: string[] = [];
      // 34 times 21 hours are 29 days and 18 hours.
      for (let step = 0; step < 34; step++) {
        const at = noon + step * 21 * hour;
        const counts = await apply(servers(), { person: 'steps', at, count: 100 });
        all.push(...Object.entries(counts).flatMap(([s, count]) => Array<string>(count).fill(s)));
      }
      assert.deepEqual(counted(all), { issued: 3, existing: 2 * 99 + 99, 'quota-exhausted': 3100 });
      const chain = await chainOf(servers(), 'steps');
      assert.deepEqual(ofChains(chain), []);
      assert.deepEqual([...new Set(chain.map(({ month }) => month))], ['2027-03']);
    });

    it('come to three in a month where each is written at once, a hundred every 21 hours (R9, R12)', async () => {
      const all: string[] = [];
      const last = noon + 5 * 21 * hour;
      for (let at = noon; at <= last; at += 21 * hour) {
        const order = { person: 'at once', at, count: 50 };
        const results = await servers().both('issueAtOnce', (server) => ({ ...order, server }));
        all.push(...results.flat());
      }
      assert.equal(counted(all)['issued'], 3);
      assert.equal(counted(all)['quota-exhausted'], 300);
      // The chains of the tests before have no applications.
      const wrong = await contradictions(servers().store, last);
      assert.deepEqual(
        wrong.filter((each) => each.startsWith('at once')),
        [],
      );
      const checks = servers().store.selectFrom('liveness_checks').select('id');
      const used = await checks.where('assertion_hash', 'is not', null).execute();
      assert.equal(used.length, 3, 'whoever was overtaken has used nothing up');
    });

    it('come to more where the store reads and then inserts: the same test finds it', async () => {
      const { store } = servers();
      await store.schema.dropTable('proofs').execute();
      await store.schema
        .createTable('proofs')
        .addColumn('person', 'text')
        .addColumn('ordinal', 'integer')
        .addColumn('number', 'text')
        .addColumn('application', 'text')
        .addColumn('month', 'text')
        .addColumn('month_ordinal', 'integer')
        .addColumn('issued_at', 'bigint')
        .addColumn('valid_until', 'bigint')
        .addColumn('renew_from', 'bigint')
        .execute();
      await assert.rejects(crowd('naive', 200, true), { code: 'ERR_ASSERTION' });
      assert.ok((await chainOf(servers(), 'naive')).length > 1);
    });
  });
});
