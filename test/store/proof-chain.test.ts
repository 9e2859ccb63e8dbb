import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { extendChain } from '../../mock-server/issuer/proof-chain.ts';
import type { Store } from '../../mock-server/store/open-store.ts';
import { policy } from '../../widget/protocol/policy.ts';
import { emptyStore } from '../empty-store.ts';

const noon = Date.parse('2027-03-01T12:00:00+08:00') / 1000;
const hour = 3600;

let store: Store;
let remove: () => Promise<void>;
before(async () => {
  ({ store, remove } = await emptyStore());
});
after(() => remove());

const extend = (person: string, at: number, index = 0) =>
  store
    .transaction()
    .execute((transaction) =>
      extendChain(
        transaction,
        policy,
        person,
        { number: `T-${person}-${at}-${index}`, application: String(index) },
        at,
      ),
    );

const countBy = (statuses: string[]) => {
  const counts: Record<string, number> = {};
  for (const status of statuses) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
};

describe('a person’s chain of proofs', () => {
  it('gets one link from 2,000 applications at once (R7, R9)', async () => {
    const results = await Promise.all(
      Array.from({ length: 2000 }, (_, index) => extend('crowd', noon, index)),
    );
    assert.deepEqual(countBy(results.map(({ status }) => status)), { issued: 1, existing: 1999 });
  });

  it('gets exactly three links in a month, however hard it is asked every 21 hours (R9, R11)', async () => {
    const statuses: string[] = [];
    for (let step = 0; step < 6; step++) {
      const at = noon + step * 21 * hour;
      const results = await Promise.all([0, 1, 2, 3].map((index) => extend('steps', at, index)));
      statuses.push(...results.map(({ status }) => status));
    }
    const { issued, 'quota-exhausted': exhausted } = countBy(statuses);
    assert.deepEqual([issued, exhausted], [3, 12]);
  });

  it('begins to count anew at the first second of the month in Shanghai (R9)', async () => {
    const april = Date.parse('2027-04-01T00:00:00+08:00') / 1000;
    for (let day = 5; day > 2; day--) {
      assert.equal((await extend('month', april - day * 24 * hour)).status, 'issued');
    }
    assert.equal((await extend('month', april - 1)).status, 'quota-exhausted');
    assert.equal((await extend('month', april)).status, 'issued');
  });

  it('cannot hold a fourth of a month even when the rule is passed by: the schema forbids it', async () => {
    const row = {
      person: 'schema',
      ordinal: 1,
      number: 'T',
      application: 'a',
      month: '2027-03',
      month_ordinal: 4,
      issued_at: noon,
      valid_until: noon,
      renew_from: noon,
    };
    await assert.rejects(store.insertInto('proofs').values(row).execute(), /check/i);
  });
});
