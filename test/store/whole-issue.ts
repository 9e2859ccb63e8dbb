import assert from 'node:assert/strict';
import { nextLink } from '../../mock-server/issuer/proof-chain.ts';
import {
  addApplication,
  addLivenessCheck,
  consumeLivenessCheck,
  decideApplication,
} from '../../mock-server/store/applications.ts';
import { openGrant, type NewGrant } from '../../mock-server/store/grants.ts';
import { keepIdentity } from '../../mock-server/store/identities.ts';
import type { WholeIssue } from '../../mock-server/store/issue-at-once.ts';
import type { Store } from '../../mock-server/store/open-store.ts';
import type { ProofRow } from '../../mock-server/store/schema.ts';
import { addProof, lastProof } from '../../mock-server/store/proofs.ts';
import { policy } from '../../widget/protocol/policy.ts';

/** Noon in Shanghai, whole seconds since the epoch. */
export const at = Date.parse('2027-03-01T12:00:00+08:00') / 1000;

/**
 * Somebody who has applied, and what it comes to.
 *
 * @param last the proof that it is computed from; the person's last, unless it is given
 */
export async function applied(
  store: Store,
  person: string,
  id: string,
  time = at,
  last?: ProofRow | 'none',
): Promise<WholeIssue> {
  const thumbprint = 'key';
  await addApplication(store, {
    person,
    id,
    thumbprint,
    place: 'beijing',
    status: 'started',
    reason: null,
    applied_at: time,
    decided_at: null,
    proof_ordinal: null,
  });
  await addLivenessCheck(store, {
    person,
    id,
    purpose: 'apply',
    thumbprint,
    identity: `sealed ${id}`,
    nonce: 'nonce',
    expires_at: time + 120,
    assertion_hash: null,
  });
  const before = last ?? (await lastProof(store, person));
  const next = nextLink(person, before === 'none' ? undefined : before, time, policy);
  assert.equal(next.status, 'extend');
  const proof = { ...next.link, number: `number ${id}`, application: id };
  const grant: NewGrant = {
    person,
    thumbprint,
    public_id: `public ${id}`,
    token_hash: `token ${id}`,
    check_id: id,
    proof_ordinal: proof.ordinal,
    expires_at: time + policy.grantSeconds,
    codes: 30,
  };
  const check = { person, id, identity: `sealed ${id}` };
  return { check, assertionHash: `hash ${id}`, proof, grant, at: time };
}

/** The same, as the issuer does it where something may be in the way. */
export const stepByStep = (store: Store, issue: WholeIssue): Promise<void> =>
  store.transaction().execute(async (transaction) => {
    const { check, assertionHash, proof, grant, at: time } = issue;
    assert.ok(await consumeLivenessCheck(transaction, check, assertionHash));
    await keepIdentity(transaction, check.person, check.identity, time);
    assert.ok(await addProof(transaction, proof));
    await decideApplication(transaction, check, {
      status: 'approved',
      decided_at: time,
      proof_ordinal: proof.ordinal,
    });
    await openGrant(transaction, grant, time);
  });
