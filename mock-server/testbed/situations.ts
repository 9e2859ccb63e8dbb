import { monthOf } from '../../widget/protocol/shanghai-time.ts';
import type { Issuer } from '../issuer/issuer.ts';
import { personOf } from '../issuer/person.ts';
import { nextLink } from '../issuer/proof-chain.ts';
import { newProofNumber } from '../issuer/proof-number.ts';
import { addApplication } from '../store/applications.ts';
import { addProof, lastProof } from '../store/proofs.ts';
import type { ProofRow } from '../store/schema.ts';
import type { MockPerson } from './people.ts';

const hour = 60 * 60;

/** Brings a person into the situation they stand for, when they are not in it any more. */
export async function arrangeSituation(
  issuer: Issuer,
  { situation, identity }: MockPerson,
  at: number,
): Promise<void> {
  const person = personOf(issuer.secrets, identity);
  if (situation === 'no-application-left') {
    // Three proofs long over, whatever the day: on the 1st of a month their instants lie in the last.
    for (let hoursAgo = 75; hoursAgo > 0; hoursAgo -= 25) {
      await addPastProof(issuer, person, at - hoursAgo * hour, at);
    }
  }
  if (situation === 'proof-ends-soon') {
    const last = await lastProof(issuer.store, person);
    if (last && at < last.valid_until) return;
    await addPastProof(issuer, person, at - (21 * hour + 10 * 60), at);
  }
}

/** Adds a proof issued in the past, if the month of `at` has room for it. */
async function addPastProof(
  issuer: Issuer,
  person: string,
  issuedAt: number,
  at: number,
): Promise<void> {
  const { store, policy, random } = issuer;
  const last = await lastProof(store, person);
  const next = nextLink(person, last && { ...last, renew_from: 0 }, at, policy);
  if (next.status !== 'extend') return;
  const application = random(16).toString('base64url');
  const proof: ProofRow = {
    ...next.link,
    number: newProofNumber(random, issuedAt),
    application,
    month: monthOf(at),
    issued_at: issuedAt,
    valid_until: issuedAt + policy.proofSeconds,
    renew_from: issuedAt + policy.proofSeconds - policy.renewBeforeSeconds,
  };
  if (!(await addProof(store, proof))) return;
  await addApplication(store, {
    person,
    id: application,
    thumbprint: 'mock',
    place: 'beijing',
    status: 'approved',
    reason: null,
    applied_at: issuedAt,
    decided_at: issuedAt,
    proof_ordinal: proof.ordinal,
  });
}
