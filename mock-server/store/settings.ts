import type { Store } from './open-store.ts';

/** Small facts that outlive a restart. */
export const readSetting = async (store: Store, name: string): Promise<string | undefined> => {
  const row = await store
    .selectFrom('settings')
    .select('value')
    .where('name', '=', name)
    .executeTakeFirst();
  return row?.value;
};

export const writeSetting = (store: Store, name: string, value: string) =>
  store
    .insertInto('settings')
    .values({ name, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute();
