import { openStore, type StoreOptions } from '../../mock-server/store/open-store.ts';
import { contradictions } from '../races/agreement.ts';
import { halfIssued } from './half-issued.ts';

/**
 * What stands in the store, seen from beside the server.
 *
 * @param at milliseconds since the epoch
 */
export async function standing(
  place: StoreOptions,
  at: number,
): Promise<{ proofs: number; wrong: string[] }> {
  const store = await openStore(place);
  try {
    const proofs = await store.selectFrom('proofs').select('person').execute();
    const wrong = [...(await contradictions(store, at / 1000)), ...(await halfIssued(store))];
    return { proofs: proofs.length, wrong };
  } finally {
    await store.destroy();
  }
}
