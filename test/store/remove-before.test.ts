import { sql, type KyselyPlugin, type RawBuilder, type SqlBool } from 'kysely';
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it, mock } from 'node:test';
import type { Store } from '../../mock-server/store/open-store.ts';
import { removeBefore } from '../../mock-server/store/remove-before.ts';
import { forgetChecked, removeOldTickets } from '../../mock-server/store/retention.ts';
import { emptyStore } from '../empty-store.ts';

let store: Store;
let remove: () => Promise<void>;
before(async () => {
  ({ store, remove } = await emptyStore());
});
after(() => remove());
beforeEach(() => store.deleteFrom('seen_dpop_proofs').execute());

async function seenAt(...instants: number[]): Promise<void> {
  const rows = instants.map((seen_at, i) => ({ jti_hash: `hash-${i}`, seen_at }));
  await store.insertInto('seen_dpop_proofs').values(rows).execute();
}

const left = async (): Promise<number[]> => {
  const rows = await store.selectFrom('seen_dpop_proofs').select('seen_at').execute();
  return rows.map(({ seen_at }) => seen_at).sort((a, b) => a - b);
};

/** How many rows each statement removes, three at most. */
async function removedBefore(instant: number, also?: RawBuilder<SqlBool>): Promise<number[]> {
  const removed: number[] = [];
  const counting: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    transformResult: ({ result }) => {
      if (result.rows.length === 0) removed.push(Number(result.numAffectedRows ?? 0));
      return Promise.resolve(result);
    },
  };
  await removeBefore(store.withPlugin(counting), {
    table: 'seen_dpop_proofs',
    column: 'seen_at',
    before: instant,
    ...(also ? { also } : {}),
    most: 3,
  });
  return removed.filter((count) => count > 0);
}

const ticket = {
  kind: 'single' as const,
  rides: null,
  train: 'G901',
  from_station: 'beijing-south',
  to_station: 'jinan-west',
  valid_from: 0,
};

/** How many transactions the store begins meanwhile. */
async function transactionsOf(run: () => Promise<void>): Promise<number> {
  const begun = mock.method(store, 'transaction');
  try {
    await run();
    return begun.mock.callCount();
  } finally {
    begun.mock.restore();
  }
}

describe('removing what is older', () => {
  it('takes the oldest first, so many a statement, and leaves the rest', async () => {
    await seenAt(8, 1, 7, 2, 6, 3, 5, 4, 9, 10);
    assert.deepEqual(await removedBefore(9), [3, 3, 2]);
    assert.deepEqual(await left(), [9, 10]);
  });

  it('takes together what is of one age, be it more', async () => {
    await seenAt(1, 2, 2, 2, 2, 2, 3, 4);
    assert.deepEqual(await removedBefore(4), [6, 1]);
    assert.deepEqual(await left(), [4]);
  });

  it('does nothing where nothing is that old', async () => {
    await seenAt(4, 5, 6, 7);
    assert.deepEqual(await removedBefore(4), []);
    assert.deepEqual(await left(), [4, 5, 6, 7]);
  });

  it('leaves what else must hold and does not, be it the oldest, and counts it for no step', async () => {
    await seenAt(1, 2, 3, 4, 5, 6, 7, 8, 9);
    const notTheFirst = sql<SqlBool>`jti_hash not in ('hash-0', 'hash-1', 'hash-2', 'hash-4')`;
    assert.deepEqual(await removedBefore(9, notTheFirst), [3, 1]);
    assert.deepEqual(await left(), [1, 2, 3, 5, 9]);
  });
});

describe('a backlog', () => {
  it('of tickets goes in steps, each ticket with its uses and its rows of manifests', async () => {
    for (let n = 1; n <= 7; n++) {
      const id = `ticket-${n}`;
      await store
        .insertInto('tickets')
        .values({ ...ticket, id, valid_until: n })
        .execute();
      await store
        .insertInto('ticket_uses')
        .values({ ticket_id: id, ordinal: 1, purpose: 'entry', used_at: 1 })
        .execute();
      await store
        .insertInto('manifest_rows')
        .values({ station: 'jinan-west', day: '2027-03-01', ticket_id: id, sub: 'sub' })
        .execute();
    }
    const steps = await transactionsOf(() => removeOldTickets(store, 7, 2));
    assert.equal(steps, 4, 'two tickets in each of three, and one that finds no more');
    for (const table of ['ticket_uses', 'manifest_rows'] as const) {
      const rows = await store.selectFrom(table).select('ticket_id').execute();
      assert.deepEqual(rows, [{ ticket_id: 'ticket-7' }], table);
    }
    const rows = await store.selectFrom('tickets').select('id').execute();
    assert.deepEqual(rows, [{ id: 'ticket-7' }]);
  });

  it('of people who were to be checked is forgotten in steps, and their checks stay', async () => {
    const check = { purpose: 'apply' as const, thumbprint: 'key', nonce: 'n', identity: 'sealed' };
    for (let n = 1; n <= 6; n++) {
      const row = { ...check, person: `person-${n}`, id: `check-${n}`, expires_at: n };
      await store.insertInto('liveness_checks').values(row).execute();
    }
    await forgetChecked(store, 6, 2);
    const rows = await store
      .selectFrom('liveness_checks')
      .select(['expires_at', 'identity'])
      .orderBy('expires_at')
      .execute();
    const expected = [1, 2, 3, 4, 5, 6].map((n) => ({
      expires_at: n,
      identity: n < 6 ? null : 'sealed',
    }));
    assert.deepEqual(rows, expected);
  });
});
