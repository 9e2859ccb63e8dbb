import { Problem, type ProblemCode } from '../../widget/protocol/problems.ts';
import type { Shown } from '../../widget/protocol/messages/holder.ts';
import {
  applicationById,
  applicationsSince,
  consumeLivenessCheck,
  decideApplication,
  livenessCheckById,
} from '../store/applications.ts';
import { liveGrantOfCheck, openGrant } from '../store/grants.ts';
import type { StoreTransaction } from '../store/open-store.ts';
import type { LivenessCheckRow, ProofRow } from '../store/schema.ts';
import { keepIdentity, takeTurn } from '../store/identities.ts';
import { issueAtOnce } from '../store/issue-at-once.ts';
import { lastProof } from '../store/proofs.ts';
import { openIdentity } from './identities.ts';
import type { Caller, Issuer } from './issuer.ts';
import { readAssertion, type LivenessResult } from './liveness.ts';
import { newProofNumber } from './proof-number.ts';
import { extendChain, nextLink, validProof } from './proof-chain.ts';
import { openReference } from './references.ts';
import { prepareShowing, type Showing } from './showing.ts';

/**
 * Ends a liveness check with its assertion and answers what it came to: in one transaction the
 * assertion is used up, the chain extended (`apply` only) and the grant opened.
 *
 * @throws `not-found` `liveness-expired` `liveness-mismatch` `liveness-failed` `review-pending`
 *   `quota-exhausted` `no-valid-proof`
 */
export async function complete(
  issuer: Issuer,
  caller: Caller,
  purpose: 'apply' | 'view',
  sealedId: string,
  assertion: string,
): Promise<Shown & { grantId: string }> {
  const { store } = issuer;
  const { at, thumbprint } = caller;
  const reference = openReference(issuer, purpose === 'apply' ? 'application' : 'view', sealedId);
  const check = reference && (await livenessCheckById(store, reference.person, reference.id));
  if (!check || check.thumbprint !== thumbprint) throw new Problem('not-found');

  const liveness = await readAssertion(issuer, check, assertion, at);
  const identity = openIdentity(issuer, check.identity);
  if (!identity) throw new Problem('liveness-expired');
  const showing = prepareShowing(issuer, check, identity, liveness.checkedAt, at);
  const decision =
    (await decideAtOnce(issuer, check, liveness, showing, at)) ??
    (await store
      .transaction()
      .execute((transaction) => decide(issuer, transaction, check, liveness, showing, at)));
  // A refusal is written down too, so it leaves the transaction as a value and is thrown here.
  if ('refused' in decision) throw new Problem(decision.refused, decision.details);
  if (decision.outcome === 'issued' && !decision.repeated) issuer.proofIssued();
  return showing.answer(decision.outcome, decision.proof);
}

type Decision =
  | {
      outcome: 'issued' | 'existing';
      proof: ProofRow;
      /** Whether the same outcome was answered before. */
      repeated?: true;
    }
  | { refused: ProblemCode; details?: { availableFrom?: number; retryAfter?: number } };

/**
 * What nearly all applications come to: another proof. Whatever else, and whoever was not alone with it, is
 * left to {@link decide}.
 */
async function decideAtOnce(
  { store, policy, random }: Issuer,
  check: LivenessCheckRow,
  { result, assertionHash }: LivenessResult,
  showing: Showing,
  at: number,
): Promise<Decision | undefined> {
  const { person, id, identity } = check;
  if (check.purpose !== 'apply' || result !== 'live' || identity === null) return undefined;
  const next = nextLink(person, await lastProof(store, person), at, policy);
  if (next.status !== 'extend') return undefined;
  const proof = { ...next.link, number: newProofNumber(random, at), application: id };
  const grant = showing.grant(proof);
  const issue = { check: { person, id, identity }, assertionHash, proof, grant, at };
  return (await issueAtOnce(store, issue)) ? { outcome: 'issued', proof } : undefined;
}

async function decide(
  issuer: Issuer,
  transaction: StoreTransaction,
  check: LivenessCheckRow,
  liveness: LivenessResult,
  showing: Showing,
  at: number,
): Promise<Decision> {
  const { person, purpose } = check;
  if (!(await consumeLivenessCheck(transaction, check, liveness.assertionHash))) {
    return repeat(issuer, transaction, check, liveness, showing, at);
  }
  if (liveness.result === 'not-live') {
    await refuseApplication(transaction, check, 'liveness-failed', at);
    return { refused: 'liveness-failed' };
  }
  if (purpose === 'view') {
    await takeTurn(transaction, person);
    const proof = await validProof(transaction, person, at);
    if (!proof) return withoutProof(issuer, transaction, person, at);
    await rememberIdentity(transaction, check, at);
    await openGrant(transaction, showing.grant(proof), at);
    return { outcome: 'existing', proof };
  }
  if (liveness.result === 'review') {
    await decideApplication(transaction, check, { status: 'review-pending', decided_at: null });
    return reviewPending;
  }
  await rememberIdentity(transaction, check, at);
  return extend(issuer, transaction, check, showing, at);
}

/**
 * Nothing to look at. A guest, whose key has gone with the page, learns here what has become of an
 * application that a review was to decide (R14).
 */
async function withoutProof(
  issuer: Issuer,
  transaction: StoreTransaction,
  person: string,
  at: number,
): Promise<Decision> {
  const since = at - issuer.policy.proofSeconds;
  const recent = await applicationsSince(transaction, person, since);
  if (recent.some(({ status }) => status === 'review-pending')) return reviewPending;
  const last = recent.filter((each) => each.applied_at === recent[0]?.applied_at);
  const byReview = last.some(({ reason }) => reason === 'review-refused');
  return { refused: byReview ? 'review-refused' : 'no-valid-proof' };
}

/** Asking for the outcome makes sense every few seconds. */
const reviewPending: Decision = { refused: 'review-pending', details: { retryAfter: 5 } };

async function extend(
  issuer: Issuer,
  transaction: StoreTransaction,
  check: LivenessCheckRow,
  showing: Showing,
  at: number,
): Promise<Decision> {
  const { person, id } = check;
  const link = { number: newProofNumber(issuer.random, at), application: id };
  const result = await extendChain(transaction, issuer.policy, person, link, at);
  if (result.status === 'quota-exhausted') {
    await refuseApplication(transaction, check, 'quota-exhausted', at);
    return { refused: 'quota-exhausted', details: { availableFrom: result.availableFrom } };
  }
  if (result.status === 'existing') {
    await refuseApplication(transaction, check, 'proof-still-valid', at);
  } else {
    await decideApplication(transaction, check, {
      status: 'approved',
      decided_at: at,
      proof_ordinal: result.proof.ordinal,
    });
  }
  await openGrant(transaction, showing.grant(result.proof), at);
  return { outcome: result.status, proof: result.proof };
}

/**
 * The assertion has been used. The same one again is a retry whose answer was lost: it gets the
 * same outcome, with a grant in place of the lost one as long as that lives. Another is refused.
 */
async function repeat(
  issuer: Issuer,
  transaction: StoreTransaction,
  check: LivenessCheckRow,
  liveness: LivenessResult,
  showing: Showing,
  at: number,
): Promise<Decision> {
  const { person, id, purpose } = check;
  await takeTurn(transaction, person);
  const used = await livenessCheckById(transaction, person, id);
  if (used?.assertion_hash !== liveness.assertionHash) return { refused: 'liveness-expired' };
  const application = await applicationById(transaction, person, id);
  if (application?.status === 'review-pending') return reviewPending;
  const proof = await validProof(transaction, person, at);
  if (proof && (await liveGrantOfCheck(transaction, person, id, at))) {
    await openGrant(transaction, showing.grant(proof), at);
    return { outcome: proof.application === id ? 'issued' : 'existing', proof, repeated: true };
  }
  if (liveness.result === 'not-live') return { refused: 'liveness-failed' };
  if (purpose === 'view' && !proof) return withoutProof(issuer, transaction, person, at);
  return { refused: (application?.reason as ProblemCode | null) ?? 'liveness-expired' };
}

async function refuseApplication(
  transaction: StoreTransaction,
  check: LivenessCheckRow,
  reason: ProblemCode,
  at: number,
): Promise<void> {
  if (check.purpose === 'view') return;
  await decideApplication(transaction, check, { status: 'refused', reason, decided_at: at });
}

/**
 * Not before the check is passed: nobody changes another's name by typing their number. Takes the
 * person's turn as well.
 */
async function rememberIdentity(
  transaction: StoreTransaction,
  { person, identity }: LivenessCheckRow,
  at: number,
): Promise<void> {
  if (identity !== null) await keepIdentity(transaction, person, identity, at);
}
