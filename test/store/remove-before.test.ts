import type { KyselyPlugin } from 'kysely';
import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { Store } from '../../mock-server/store/open-store.ts';
import { removeBefore } from '../../mock-server/store/remove-before.ts';
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
async function removedBefore(instant: number): Promise<number[]> {
  const removed: number[] = [];
  const counting: KyselyPlugin = {
    transformQuery: ({ node }) => node,
    transformResult: ({ result }) => {
      if (result.rows.length === 0) removed.push(Number(result.numAffectedRows ?? 0));
      return Promise.resolve(result);
    },
  };
  await removeBefore(store.withPlugin(counting), 'seen_dpop_proofs', 'seen_at', instant, 3);
  return removed.filter((count) => count > 0);
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
});
