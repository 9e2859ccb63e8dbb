import type { Store, StoreTransaction } from './open-store.ts';

/** Keeps a person's sealed identity; the latest spelling of the name wins. */
export const keepIdentity = (store: Store, person: string, sealed: string, at: number) =>
  store
    .insertInto('identities')
    .values({ person, sealed, stored_at: at })
    .onConflict((conflict) => conflict.column('person').doUpdateSet({ sealed, stored_at: at }))
    .execute();

export const sealedIdentity = async (store: Store, person: string): Promise<string | undefined> => {
  const row = await store
    .selectFrom('identities')
    .select('sealed')
    .where('person', '=', person)
    .executeTakeFirst();
  return row?.sealed;
};

/**
 * Waits until no other transaction that has taken its turn, or has kept the identity, is deciding about this
 * person: what is read from here on stays so until the end. Proofs and grants are two chains; without
 * this, a look that has read the last proof opens a grant for it while a renewal adds the next one.
 */
export async function takeTurn(transaction: StoreTransaction, person: string): Promise<void> {
  await transaction
    .updateTable('identities')
    .set((row) => ({ stored_at: row.ref('stored_at') }))
    .where('person', '=', person)
    .execute();
}
