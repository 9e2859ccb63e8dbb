import type { Store } from './open-store.ts';

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
