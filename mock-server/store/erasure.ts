import type { Store, StoreTransaction } from './open-store.ts';

/** How many rows were erased, and how many had to stay, emptied; nothing of what was emptied before. */
export interface Erasure {
  identities: number;
  applications: number;
  checks: number;
  grants: number;
  proofs: number;
  /** Looks of train crews and counters, which no longer say whom they were at. */
  looks: number;
  /** Grants whose codes gates must still refuse; they go when the last of these has ended. */
  grantsToRefuse: number;
  /** The present month's proofs: of each, only that it was issued is known. */
  counted: number;
}

interface ErasureMoment {
  /** Whole seconds since the epoch. */
  at: number;
  /** Its month, `YYYY-MM`. */
  month: string;
  /** How long after its end gates may still take a code for a living one. */
  leewaySeconds: number;
}

/**
 * Forgets a person in one transaction. Of the present month the count stays, under the keyed HMAC and with
 * nothing beside it, so that erasing brings no application back.
 */
export const erasePerson = (
  store: Store,
  person: string,
  { at, month, leewaySeconds }: ErasureMoment,
): Promise<Erasure> =>
  store.transaction().execute(async (transaction) => {
    // First, so that whoever is passing a check just now is waited for, or comes too late.
    const checks = await transaction
      .deleteFrom('liveness_checks')
      .where('person', '=', person)
      .returning('thumbprint')
      .execute();
    const applications = await transaction
      .deleteFrom('applications')
      .where('person', '=', person)
      .returning('thumbprint')
      .execute();
    await eraseAnswers(transaction, [...checks, ...applications]);
    const identities = await transaction
      .deleteFrom('identities')
      .where('person', '=', person)
      .executeTakeFirst();
    const grants = await transaction
      .deleteFrom('grants')
      .where('person', '=', person)
      .where('thumbprint', '!=', erased)
      .where('expires_at', '<', at - leewaySeconds)
      .executeTakeFirst();
    const grantsToRefuse = await transaction
      .updateTable('grants')
      .set((row) => ({
        ended_at: row.fn.coalesce('ended_at', row.val(at)),
        token_hash: '',
        thumbprint: erased,
        check_id: '',
      }))
      .where('person', '=', person)
      .where('thumbprint', '!=', erased)
      .executeTakeFirst();
    const proofs = await transaction
      .deleteFrom('proofs')
      .where('person', '=', person)
      .where('month', '<', month)
      .executeTakeFirst();
    const counted = await transaction
      .updateTable('proofs')
      .set({ number: erased, application: '', issued_at: 0, valid_until: 0, renew_from: 0 })
      .where('person', '=', person)
      .where('number', '!=', erased)
      .executeTakeFirst();
    const looks = await transaction
      .updateTable('inspections')
      .set({ person: null, jti: null })
      .where('person', '=', person)
      .executeTakeFirst();
    return {
      identities: Number(identities.numDeletedRows),
      applications: applications.length,
      checks: checks.length,
      grants: Number(grants.numDeletedRows),
      proofs: Number(proofs.numDeletedRows),
      looks: Number(looks.numUpdatedRows),
      grantsToRefuse: Number(grantsToRefuse.numUpdatedRows),
      counted: Number(counted.numUpdatedRows),
    };
  });

/** What stands in place of a grant's key, or a proof's number, that belongs to nobody any more. */
const erased = '';

/** The answers kept for whoever asks again hold masked identities. */
async function eraseAnswers(
  transaction: StoreTransaction,
  keys: { thumbprint: string }[],
): Promise<void> {
  for (const thumbprint of new Set(keys.map((key) => key.thumbprint))) {
    await transaction
      .deleteFrom('idempotency_keys')
      .where('scope', 'like', `${thumbprint} %`)
      .execute();
  }
}

/** Removes the grants that an erasure had to leave, once no code of theirs can be taken for valid. */
export const removeErasedGrants = (store: Store, endedBefore: number) =>
  store
    .deleteFrom('grants')
    .where('thumbprint', '=', erased)
    .where('expires_at', '<', endedBefore)
    .execute();
