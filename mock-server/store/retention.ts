import { dayOf, monthOf, sameDayLastMonth } from '../../widget/protocol/shanghai-time.ts';
import type { Store } from './open-store.ts';
import { removeBefore } from './remove-before.ts';
import { removeSucceededKeys } from './signing-keys.ts';

/** A step of what is removed, which needs none of the others. */
export type Removal = () => Promise<unknown>;

/**
 * What removes all that is older than the same day of last month, as far back as records reach (R23). The
 * present month's proofs stay in any case: the month's count rests on them (R9).
 *
 * @param at whole seconds since the epoch
 */
export function oldRemovals(store: Store, at: number): Removal[] {
  const since = sameDayLastMonth(at);
  return [
    () => removeBefore(store, 'applications', 'applied_at', since),
    () => removeBefore(store, 'liveness_checks', 'expires_at', since),
    () => removeBefore(store, 'grants', 'expires_at', since),
    () =>
      store
        .deleteFrom('proofs')
        .where('valid_until', '<', since)
        .where('month', '<', monthOf(at))
        .execute(),
    () => removeBefore(store, 'inspections', 'looked_at', since),
    () => removeBefore(store, 'offline_admissions', 'uploaded_at', since),
    () => removeBefore(store, 'code_uses', 'used_at', since),
    () => removeBefore(store, 'manifest_rows', 'day', dayOf(since)),
    () => removeOldTickets(store, since),
    // By then no token of theirs lives, and a code that a gate took while it was alone is as old as its record.
    () => removeSucceededKeys(store, since),
  ];
}

/** The uses of a ticket go with it: one for a season is used for longer than a month. */
const removeOldTickets = (store: Store, since: number): Promise<void> =>
  store.transaction().execute(async (transaction) => {
    const old = transaction.selectFrom('tickets').select('id').where('valid_until', '<', since);
    await transaction.deleteFrom('ticket_uses').where('ticket_id', 'in', old).execute();
    await transaction.deleteFrom('manifest_rows').where('ticket_id', 'in', old).execute();
    await transaction.deleteFrom('tickets').where('valid_until', '<', since).execute();
  });

/**
 * Forgets who a person is as soon as nothing needs it: no proof holds, and the last check is longer ago than a proof's life.
 *
 * @param at whole seconds since the epoch
 */
export const removeUnneededIdentities = (store: Store, proofSeconds: number, at: number) =>
  store
    .deleteFrom('identities')
    .where('stored_at', '<', at - proofSeconds)
    .where((rows) =>
      rows.not(
        rows.exists(
          rows
            .selectFrom('proofs')
            .select('ordinal')
            .whereRef('proofs.person', '=', 'identities.person')
            .where('valid_until', '>', at),
        ),
      ),
    )
    .execute();
