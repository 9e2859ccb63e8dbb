import type { Store, StoreTransaction } from './open-store.ts';
import type { ApplicationRow, LivenessCheckRow } from './schema.ts';

export const addApplication = (store: Store, application: ApplicationRow) =>
  store.insertInto('applications').values(application).execute();

export const applicationById = (
  store: Store,
  person: string,
  id: string,
): Promise<ApplicationRow | undefined> =>
  store
    .selectFrom('applications')
    .selectAll()
    .where('person', '=', person)
    .where('id', '=', id)
    .executeTakeFirst();

/** A person's own since an instant, the latest first: those whose liveness check was passed (R23). */
export const applicationsSince = (
  store: Store,
  person: string,
  since: number,
): Promise<ApplicationRow[]> =>
  ofPersonSince(store, person, since)
    .where('status', '<>', 'started')
    .where(({ eb }) => eb.or([eb('reason', 'is', null), eb('reason', '<>', 'liveness-failed')]))
    .execute();

/**
 * Those whose check was not passed, the latest first. Whoever types somebody's number adds to these, so
 * there is no end to them.
 */
export const attemptsSince = (
  store: Store,
  person: string,
  since: number,
  most: number,
): Promise<ApplicationRow[]> =>
  ofPersonSince(store, person, since)
    .where(({ eb }) => eb.or([eb('status', '=', 'started'), eb('reason', '=', 'liveness-failed')]))
    .limit(most)
    .execute();

const ofPersonSince = (store: Store, person: string, since: number) =>
  store
    .selectFrom('applications')
    .selectAll()
    .where('person', '=', person)
    .where('applied_at', '>=', since)
    .orderBy('applied_at', 'desc');

export const applicationsUnderReview = (store: Store): Promise<ApplicationRow[]> =>
  store.selectFrom('applications').selectAll().where('status', '=', 'review-pending').execute();

/** Writes the outcome of an application. */
export async function decideApplication(
  store: Store,
  { person, id }: Pick<ApplicationRow, 'person' | 'id'>,
  decision: Pick<ApplicationRow, 'status' | 'decided_at'> &
    Partial<Pick<ApplicationRow, 'reason' | 'proof_ordinal'>>,
): Promise<void> {
  await store
    .updateTable('applications')
    .set(decision)
    .where('person', '=', person)
    .where('id', '=', id)
    .execute();
}

/**
 * One that waits for a review, held until the transaction ends: whoever decides it at the same time waits, and
 * then finds it decided.
 */
export const holdReview = (
  transaction: StoreTransaction,
  person: string,
  id: string,
): Promise<ApplicationRow | undefined> =>
  transaction
    .updateTable('applications')
    .set({ decided_at: null })
    .where('person', '=', person)
    .where('id', '=', id)
    .where('status', '=', 'review-pending')
    .returningAll()
    .executeTakeFirst();

export const addLivenessCheck = (store: Store, check: LivenessCheckRow) =>
  store.insertInto('liveness_checks').values(check).execute();

export const livenessCheckById = (
  store: Store,
  person: string,
  id: string,
): Promise<LivenessCheckRow | undefined> =>
  store
    .selectFrom('liveness_checks')
    .selectAll()
    .where('person', '=', person)
    .where('id', '=', id)
    .executeTakeFirst();

/** Uses a check up by the assertion that ends it; `false` when one has done so before. */
export async function consumeLivenessCheck(
  store: Store,
  { person, id }: Pick<LivenessCheckRow, 'person' | 'id'>,
  assertionHash: string,
): Promise<boolean> {
  const { numUpdatedRows } = await store
    .updateTable('liveness_checks')
    .set({ assertion_hash: assertionHash })
    .where('person', '=', person)
    .where('id', '=', id)
    .where('assertion_hash', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
