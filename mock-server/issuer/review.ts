import { applicationsUnderReview, decideApplication, holdReview } from '../store/applications.ts';
import { endGrantsOfPerson } from '../store/grants.ts';
import { takeTurn } from '../store/identities.ts';
import type { StoreTransaction } from '../store/open-store.ts';
import type { ApplicationRow } from '../store/schema.ts';
import type { Issuer } from './issuer.ts';
import { newProofNumber } from './proof-number.ts';
import { extendChain } from './proof-chain.ts';

/**
 * Ends the reviews under way. Approval extends the chain by itself; the code then needs a check of
 * its own, so no grant is opened here, and one that shows the old proof ends (R12).
 *
 * @returns how many applications were decided
 */
export async function decideReviews(issuer: Issuer, approve: boolean, at: number): Promise<number> {
  const waiting = await applicationsUnderReview(issuer.store);
  let decided = 0;
  for (const application of waiting) {
    const status = await issuer.store
      .transaction()
      .execute((transaction) => decideReview(issuer, transaction, application, approve, at));
    if (status) decided++;
    if (status === 'approved') issuer.proofIssued();
  }
  return decided;
}

/** @returns what it has come to; nothing when another has decided it first */
async function decideReview(
  issuer: Issuer,
  transaction: StoreTransaction,
  { person, id }: ApplicationRow,
  approve: boolean,
  at: number,
): Promise<ApplicationRow['status'] | undefined> {
  await takeTurn(transaction, person);
  const application = await holdReview(transaction, person, id);
  if (!application) return undefined;
  const decision = approve
    ? await approval(issuer, transaction, application, at)
    : ({ status: 'refused', reason: 'review-refused' } as const);
  await decideApplication(transaction, application, { ...decision, decided_at: at });
  return decision.status;
}

async function approval(
  issuer: Issuer,
  transaction: StoreTransaction,
  { person, id }: ApplicationRow,
  at: number,
): Promise<Pick<ApplicationRow, 'status'> & Partial<ApplicationRow>> {
  const link = { number: newProofNumber(issuer.random, at), application: id };
  const result = await extendChain(transaction, issuer.policy, person, link, at);
  if (result.status === 'quota-exhausted') return { status: 'refused', reason: 'quota-exhausted' };
  if (result.status === 'existing') return { status: 'refused', reason: 'proof-still-valid' };
  await endGrantsOfPerson(transaction, person, at);
  return { status: 'approved', proof_ordinal: result.proof.ordinal };
}
