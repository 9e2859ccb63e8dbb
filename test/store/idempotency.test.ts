import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Store } from '../../mock-server/store/open-store.ts';
import {
  claimIdempotencyKey,
  keepAnswer,
  releaseIdempotencyKey,
  takeOverIdempotencyKey,
} from '../../mock-server/store/idempotency.ts';
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
        releaseIdempotencyKey(store, 'scope', key, 1),
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

  it('that was taken over is no longer of the first request, however late that comes', async () => {
    const stands = () =>
      store
        .selectFrom('idempotency_keys')
        .select(['started_at', 'answer'])
        .where('key', '=', 'slow')
        .execute();
    const keep = (startedAt: number, answer: string) =>
      keepAnswer(store, 'scope', 'slow', startedAt, answer, undefined);
    await claimIdempotencyKey(store, 'scope', 'slow', 'same', 1);
    assert.equal(await takeOverIdempotencyKey(store, 'scope', 'slow', 1, 12), true);
    assert.equal(await takeOverIdempotencyKey(store, 'scope', 'slow', 1, 12), false);
    assert.equal(await keep(1, 'of the first'), false);
    await releaseIdempotencyKey(store, 'scope', 'slow', 1);
    assert.deepEqual(await stands(), [{ started_at: 12, answer: null }]);
    assert.equal(await keep(12, 'of the second'), true);
    assert.equal(await keep(1, 'of the first'), false);
    assert.deepEqual(await stands(), [{ started_at: 12, answer: 'of the second' }]);
  });
});
