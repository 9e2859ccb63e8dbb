import * as v from 'valibot';
import { stored, type StorageArea, type Stored } from '../stored.ts';

/**
 * The instant that each reminder was last shown for; seconds since the epoch, on the server's clock. So no
 * start of the browser shows one again.
 */
const Told = v.object({
  renewal: v.optional(v.number()),
  end: v.optional(v.number()),
  verification: v.optional(v.number()),
});
export type Told = v.InferOutput<typeof Told>;

export const storedTold = (area: StorageArea): Stored<Told> =>
  stored(area, 'told', (found) => (v.is(Told, found) ? found : {}));
