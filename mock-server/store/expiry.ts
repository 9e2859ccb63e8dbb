import type { Policy } from '../../widget/protocol/policy.ts';
import { removeErasedGrants } from './erasure.ts';
import type { Store } from './open-store.ts';
import { removeBefore } from './remove-before.ts';
import { forgetChecked, oldRemovals, removeUnneededIdentities, type Removal } from './retention.ts';

/**
 * Removes what has outlived its purpose: remembered DPoP proofs, kept answers, who was checked, who a person
 * is, and whatever records no longer reach back to. What fails, such as what takes longer than a statement
 * may, keeps nothing else from being removed.
 *
 * @throws the first failure, once all has been tried
 */
export async function removeExpired(
  store: Store,
  policy: Pick<
    Policy,
    'nonceSeconds' | 'idempotencySeconds' | 'proofSeconds' | 'gateLeewaySeconds'
  >,
  at: number,
): Promise<void> {
  const removals: Removal[] = [
    () =>
      removeBefore(store, {
        table: 'seen_dpop_proofs',
        column: 'seen_at',
        before: at - 2 * policy.nonceSeconds,
      }),
    () =>
      removeBefore(store, {
        table: 'idempotency_keys',
        column: 'started_at',
        before: at - policy.idempotencySeconds,
      }),
    () => forgetChecked(store, at),
    ...oldRemovals(store, at),
    () => removeErasedGrants(store, at - policy.gateLeewaySeconds),
    () => removeUnneededIdentities(store, policy.proofSeconds, at),
  ];
  const failures: unknown[] = [];
  for (const remove of removals) await remove().catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw failures[0];
}
