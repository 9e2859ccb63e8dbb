import { sql } from 'kysely';
import { dayOf, monthOf, sameDayLastMonth } from '../../widget/protocol/shanghai-time.ts';
import type { Store } from './open-store.ts';
import { removeBefore, stepsThrough, type Backlog } from './remove-before.ts';
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
    () => removeBefore(store, { table: 'applications', column: 'applied_at', before: since }),
    () => removeBefore(store, { table: 'liveness_checks', column: 'expires_at', before: since }),
    () => removeBefore(store, { table: 'grants', column: 'expires_at', before: since }),
    () =>
      removeBefore(store, {
        table: 'proofs',
        column: 'valid_until',
        before: since,
        also: sql`month < ${monthOf(at)}`,
      }),
    () => removeBefore(store, { table: 'inspections', column: 'looked_at', before: since }),
    () =>
      removeBefore(store, { table: 'offline_admissions', column: 'uploaded_at', before: since }),
    () => removeBefore(store, { table: 'code_uses', column: 'used_at', before: since }),
    () => removeBefore(store, { table: 'manifest_rows', column: 'day', before: dayOf(since) }),
    () => removeOldTickets(store, since),
    // By then no token of theirs lives, and a code that a gate took while it was alone is as old as its record.
    () => removeSucceededKeys(store, since),
  ];
}

/** The uses of a ticket go with it: one for a season is used for longer than a month. */
export async function removeOldTickets(store: Store, since: number, most = 1000): Promise<void> {
  const backlog = { table: 'tickets', column: 'valid_until', before: since, most } as const;
  for await (const rows of stepsThrough(store, backlog)) {
    await store.transaction().execute(async (transaction) => {
      const old = transaction.selectFrom('tickets').select('id').where(rows);
      await transaction.deleteFrom('ticket_uses').where('ticket_id', 'in', old).execute();
      await transaction.deleteFrom('manifest_rows').where('ticket_id', 'in', old).execute();
      await transaction.deleteFrom('tickets').where(rows).execute();
    });
  }
}

/**
 * Forgets who a person is as soon as nothing needs it: no proof holds, and the last check is longer ago than a proof's life.
 *
 * @param at whole seconds since the epoch
 */
export const removeUnneededIdentities = (store: Store, proofSeconds: number, at: number) =>
  removeBefore(store, {
    table: 'identities',
    column: 'stored_at',
    before: at - proofSeconds,
    also: sql`not exists (
      select 1 from proofs where proofs.person = identities.person and valid_until > ${at})`,
  });

/** Forgets who was to be checked, once the check has expired. */
export async function forgetChecked(store: Store, at: number, most?: number): Promise<void> {
  const backlog: Backlog = {
    table: 'liveness_checks',
    column: 'expires_at',
    before: at,
    also: sql`identity is not null`,
    ...(most === undefined ? {} : { most }),
  };
  for await (const rows of stepsThrough(store, backlog)) {
    await store.updateTable('liveness_checks').set({ identity: null }).where(rows).execute();
  }
}
