import type { Store } from './open-store.ts';
import { sharedChange } from './shared-commit.ts';

export interface IdempotencyEntry {
  fingerprint: string;
  startedAt: number;
  answer: string | null;
  grantId: string | null;
}

/** Claims a key for a request; answers what stands there when it is taken already. */
export async function claimIdempotencyKey(
  store: Store,
  scope: string,
  key: string,
  fingerprint: string,
  at: number,
): Promise<IdempotencyEntry | undefined> {
  for (;;) {
    const { numInsertedOrUpdatedRows } = await sharedChange(store, (on) =>
      on
        .insertInto('idempotency_keys')
        .values({ scope, key, fingerprint, started_at: at, answer: null, grant_id: null })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst(),
    );
    if (numInsertedOrUpdatedRows === 1n) return undefined;
    const row = await store
      .selectFrom('idempotency_keys')
      .selectAll()
      .where('scope', '=', scope)
      .where('key', '=', key)
      .executeTakeFirst();
    // What stood there a moment ago may have been let go: then it is claimed anew, or two would go on.
    if (row) {
      return {
        fingerprint: row.fingerprint,
        startedAt: row.started_at,
        answer: row.answer,
        grantId: row.grant_id,
      };
    }
  }
}

/**
 * Takes over a claim whose request has died; `false` when another has taken it over first. From then on the
 * claim is of another `startedAt`, and nothing of the first request changes it any more.
 */
export async function takeOverIdempotencyKey(
  store: Store,
  scope: string,
  key: string,
  startedAt: number,
  at: number,
): Promise<boolean> {
  const { numUpdatedRows } = await store
    .updateTable('idempotency_keys')
    .set({ started_at: at })
    .where('scope', '=', scope)
    .where('key', '=', key)
    .where('started_at', '=', startedAt)
    .where('answer', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Keeps what a request has come to; `false` when its claim has been taken over meanwhile. */
export async function keepAnswer(
  store: Store,
  scope: string,
  key: string,
  startedAt: number,
  answer: string,
  grantId: string | undefined,
): Promise<boolean> {
  const { numUpdatedRows } = await sharedChange(store, (on) =>
    on
      .updateTable('idempotency_keys')
      .set({ answer, grant_id: grantId ?? null })
      .where('scope', '=', scope)
      .where('key', '=', key)
      .where('started_at', '=', startedAt)
      .where('answer', 'is', null)
      .executeTakeFirst(),
  );
  return numUpdatedRows === 1n;
}

/** Lets a key go whose request was refused: nothing was created, so it may be tried again. */
export const releaseIdempotencyKey = (
  store: Store,
  scope: string,
  key: string,
  startedAt: number,
) =>
  store
    .deleteFrom('idempotency_keys')
    .where('scope', '=', scope)
    .where('key', '=', key)
    .where('started_at', '=', startedAt)
    .where('answer', 'is', null)
    .execute();
