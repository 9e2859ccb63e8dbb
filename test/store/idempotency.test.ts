import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Store } from '../../mock-server/store/open-store.ts';
import { claimIdempotencyKey, releaseIdempotencyKey } from '../../mock-server/store/idempotency.ts';
import { emptyStore } from '../empty-store.ts';

let store: Store;
let remove: () => Promise<void>;
before(async () => {
  ({ store, remove } = await emptyStore());
});
after(() => remove());

describe('a claim on an idempotency key', () => {
  it('stands, even where the one before is let go in the midst of it', async () => {
    for (let times = 0; times < 20; times++) {
      const key = `key-${times}`;
      await claimIdempotencyKey(store, 'scope', key, 'first', 1);
      const [met] = await Promise.all([
        claimIdempotencyKey(store, 'scope', key, 'second', 2),
        releaseIdempotencyKey(store, 'scope', key),
      ]);
      const rows = await store
        .selectFrom('idempotency_keys')
        .select('fingerprint')
        .where('key', '=', key)
        .execute();
      // Either it has met the first claim, which is gone by now, or it stands itself.
      assert.deepEqual(
        rows.map(({ fingerprint }) => fingerprint),
        met === undefined ? ['second'] : [],
      );
    }
  });
});
