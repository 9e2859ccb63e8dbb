import type { StoreOptions } from '../../mock-server/store/open-store.ts';
import { beside, disagreements } from './crash.ts';

/**
 * What stands in the store, seen from beside the server.
 *
 * @param time milliseconds since the epoch
 */
export const standing = (
  place: StoreOptions,
  time: number,
): Promise<{ proofs: number; wrong: string[] }> =>
  beside(place, async (store) => {
    const proofs = await store.selectFrom('proofs').select('person').execute();
    return { proofs: proofs.length, wrong: await disagreements(store, time) };
  });
