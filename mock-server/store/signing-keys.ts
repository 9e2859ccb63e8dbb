import type { Store } from './open-store.ts';
import type { SigningKeyRow } from './schema.ts';

export const signingKeys = (store: Store): Promise<SigningKeyRow[]> =>
  store.selectFrom('signing_keys').selectAll().orderBy('signs_from').orderBy('kid').execute();

/** Adds a key; `false` when its `kid` is taken. */
export async function addSigningKey(store: Store, key: SigningKeyRow): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await store
    .insertInto('signing_keys')
    .values(key)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}
