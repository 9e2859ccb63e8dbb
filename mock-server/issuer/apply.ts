import type { Identity } from '../../widget/protocol/identity.ts';
import type {
  ApplicationRequest,
  LivenessRequired,
  ViewRequest,
} from '../../widget/protocol/messages/holder.ts';
import { Problem } from '../../widget/protocol/problems.ts';
import { addApplication, addLivenessCheck } from '../store/applications.ts';
import { sharedTransaction } from '../store/shared-commit.ts';
import { identityOfRequest } from './identities.ts';
import type { Caller, Issuer } from './issuer.ts';
import { beginLiveness } from './liveness.ts';
import { personOf } from './person.ts';
import { newId, sealReference } from './references.ts';

/**
 * Takes an application (R3–R8). Nothing about the person is told before liveness.
 *
 * @throws `location-required` and what {@link identityOfRequest} throws
 */
export async function apply(
  issuer: Issuer,
  caller: Caller,
  request: ApplicationRequest,
): Promise<LivenessRequired> {
  const identity = await identityOfRequest(issuer, caller, request);
  if (!issuer.places.has(request.place)) throw new Problem('location-required');
  const { at, thumbprint } = caller;
  const check = newCheck(issuer, identity, 'apply', thumbprint);
  const { row, liveness } = await beginLiveness(issuer, check, identity, at);
  // Nothing has come of it yet: what is lost with the power is asked for again.
  await sharedTransaction(issuer.store.hurried, async (transaction) => {
    await addApplication(transaction, {
      person: check.person,
      id: check.id,
      thumbprint,
      place: request.place,
      status: 'started',
      reason: null,
      applied_at: at,
      decided_at: null,
      proof_ordinal: null,
    });
    await addLivenessCheck(transaction, row);
  });
  return { id: sealReference(issuer, 'application', check), liveness };
}

/**
 * Takes the wish to look at a proof again (R7, R20): an application is never used for it.
 *
 * @throws what {@link identityOfRequest} throws
 */
export async function view(
  issuer: Issuer,
  caller: Caller,
  request: ViewRequest,
): Promise<LivenessRequired> {
  const identity = await identityOfRequest(issuer, caller, request);
  const { at, thumbprint } = caller;
  const check = newCheck(issuer, identity, 'view', thumbprint);
  const { row, liveness } = await beginLiveness(issuer, check, identity, at);
  await addLivenessCheck(issuer.store.hurried, row);
  return { id: sealReference(issuer, 'view', check), liveness };
}

const newCheck = <Purpose extends 'apply' | 'view'>(
  issuer: Issuer,
  identity: Identity,
  purpose: Purpose,
  thumbprint: string,
) => ({ person: personOf(issuer.secrets, identity), id: newId(issuer), purpose, thumbprint });
