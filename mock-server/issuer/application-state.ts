import type { ApplicationState } from '../../widget/protocol/messages/holder.ts';
import { Problem, type ProblemCode } from '../../widget/protocol/problems.ts';
import { applicationById } from '../store/applications.ts';
import type { Store } from '../store/open-store.ts';
import { proofAt } from '../store/proofs.ts';
import type { ApplicationRow } from '../store/schema.ts';
import type { Caller, Issuer } from './issuer.ts';
import { asProof } from './proof-chain.ts';
import { openReference } from './references.ts';

/**
 * The outcome of an application, for resuming (R14, B6); never a grant.
 *
 * @throws `not-found` also for the application of another key
 */
export async function applicationState(
  issuer: Issuer,
  caller: Caller,
  sealedId: string,
): Promise<ApplicationState> {
  const reference = openReference(issuer, 'application', sealedId);
  const row = reference && (await applicationById(issuer.store, reference.person, reference.id));
  if (!row || row.thumbprint !== caller.thumbprint) throw new Problem('not-found');
  return asState(issuer.store, row);
}

export async function asState(store: Store, row: ApplicationRow): Promise<ApplicationState> {
  const proof =
    row.proof_ordinal === null ? undefined : await proofAt(store, row.person, row.proof_ordinal);
  return {
    status: row.status,
    ...(row.reason === null ? {} : { reason: row.reason as ProblemCode }),
    ...(proof ? { proof: asProof(proof) } : {}),
  };
}
