import { applicationsUnderReview, decideApplication } from '../store/applications.ts';
import { endGrantsOfPerson } from '../store/grants.ts';
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
  for (const application of waiting) await decideReview(issuer, application, approve, at);
  return waiting.length;
}

async function decideReview(
  issuer: Issuer,
  application: ApplicationRow,
  approve: boolean,
  at: number,
): Promise<void> {
  const { person, id } = application;
  const issued = await issuer.store.transaction().execute(async (transaction) => {
    const refuse = async (reason: string): Promise<false> => {
      await decideApplication(transaction, application, {
        status: 'refused',
        reason,
        decided_at: at,
      });
      return false;
    };
    if (!approve) return refuse('review-refused');
    const link = { number: newProofNumber(issuer.random, at), application: id };
    const result = await extendChain(transaction, issuer.policy, person, link, at);
    if (result.status === 'quota-exhausted') return refuse('quota-exhausted');
    if (result.status === 'existing') return refuse('proof-still-valid');
    await endGrantsOfPerson(transaction, person, at);
    await decideApplication(transaction, application, {
      status: 'approved',
      decided_at: at,
      proof_ordinal: result.proof.ordinal,
    });
    return true;
  });
  if (issued) issuer.proofIssued();
}
