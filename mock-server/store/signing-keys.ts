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

/**
 * Removes the keys whose successor of the same kind has signed since before an instant. The last of a kind
 * stays, however old it is.
 *
 * @param before whole seconds since the epoch
 */
export const removeSucceededKeys = (store: Store, before: number) =>
  store
    .deleteFrom('signing_keys')
    .where((rows) =>
      rows.exists(
        rows
          .selectFrom('signing_keys as next')
          .select('next.kid')
          .whereRef('next.kind', '=', 'signing_keys.kind')
          .whereRef('next.signs_from', '>', 'signing_keys.signs_from')
          .where('next.signs_from', '<', before),
      ),
    )
    .execute();
