import type { Store } from './open-store.ts';
import type { ProofRow } from './schema.ts';

/** The last link of a person's chain. */
export const lastProof = (store: Store, person: string): Promise<ProofRow | undefined> =>
  store
    .selectFrom('proofs')
    .selectAll()
    .where('person', '=', person)
    .orderBy('ordinal', 'desc')
    .limit(1)
    .executeTakeFirst();

export const proofAt = (
  store: Store,
  person: string,
  ordinal: number,
): Promise<ProofRow | undefined> =>
  store
    .selectFrom('proofs')
    .selectAll()
    .where('person', '=', person)
    .where('ordinal', '=', ordinal)
    .executeTakeFirst();

/** Adds a link; `false` when another request has added it first: read again and decide again. */
export async function addProof(store: Store, proof: ProofRow): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await store
    .insertInto('proofs')
    .values(proof)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}
