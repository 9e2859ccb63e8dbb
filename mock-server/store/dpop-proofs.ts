import type { Store } from './open-store.ts';
import { sharedChange } from './shared-commit.ts';

/** Remembers a proof's `jti`; `false` when it has been seen before. */
export async function rememberDpopProof(
  store: Store,
  jtiHash: string,
  at: number,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await sharedChange(store, (on) =>
    on
      .insertInto('seen_dpop_proofs')
      .values({ jti_hash: jtiHash, seen_at: at })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst(),
  );
  return numInsertedOrUpdatedRows === 1n;
}
