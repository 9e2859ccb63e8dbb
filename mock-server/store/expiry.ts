import type { Policy } from '../../widget/protocol/policy.ts';
import { removeErasedGrants } from './erasure.ts';
import type { Store } from './open-store.ts';
import { removeOld, removeUnneededIdentities } from './retention.ts';

/**
 * Removes what has outlived its purpose: remembered DPoP proofs, kept answers, who was checked, who a person
 * is, and whatever records no longer reach back to.
 */
export async function removeExpired(
  store: Store,
  policy: Pick<
    Policy,
    'nonceSeconds' | 'idempotencySeconds' | 'proofSeconds' | 'gateLeewaySeconds'
  >,
  at: number,
): Promise<void> {
  await store
    .deleteFrom('seen_dpop_proofs')
    .where('seen_at', '<', at - 2 * policy.nonceSeconds)
    .execute();
  await store
    .deleteFrom('idempotency_keys')
    .where('started_at', '<', at - policy.idempotencySeconds)
    .execute();
  await store
    .updateTable('liveness_checks')
    .set({ identity: null })
    .where('expires_at', '<', at)
    .where('identity', 'is not', null)
    .execute();
  await removeOld(store, at);
  await removeErasedGrants(store, at - policy.gateLeewaySeconds);
  await removeUnneededIdentities(store, policy.proofSeconds, at);
}
