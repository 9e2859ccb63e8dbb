import * as v from 'valibot';
import { stored, type StorageArea, type Stored } from './stored.ts';

/**
 * The instants that reminders hang on, as the flow last knew them; seconds since the epoch, on the
 * server's clock. They say nothing about anyone, and outlive the grant, with which the vault is emptied.
 */
const ProofTimes = v.object({
  renewFrom: v.number(),
  validUntil: v.number(),
  /** When liveness is asked for again (R17); none while there is no grant. */
  verifyBy: v.optional(v.number()),
  /** Server's clock minus this one's, milliseconds: alarms go by this one's (B3). */
  clockOffset: v.number(),
});
export type ProofTimes = v.InferOutput<typeof ProofTimes>;

/** None when there is no proof, as far as this browser knows. */
export const storedTimes = (area: StorageArea): Stored<ProofTimes | undefined> =>
  stored(area, 'times', (found) => (v.is(ProofTimes, found) ? found : undefined));
