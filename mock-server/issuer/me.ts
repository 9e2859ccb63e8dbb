import { supportedDocument } from '../../widget/protocol/documents.ts';
import { maskName, maskNumber } from '../../widget/protocol/masking.ts';
import type { Me } from '../../widget/protocol/messages/holder.ts';
import { lastProof } from '../store/proofs.ts';
import { identityOfSession } from './identities.ts';
import type { HostSession, Issuer } from './issuer.ts';
import { personOf } from './person.ts';
import { applicationsLeft, asProof } from './proof-chain.ts';

/** What a signed-in traveller may know before liveness (R4): masked, and how much is left. */
export async function me(issuer: Issuer, session: HostSession, at: number): Promise<Me> {
  const identity = await identityOfSession(issuer, session);
  const holder = { name: maskName(identity.name), number: maskNumber(identity.number) };
  const { documentType } = identity;
  if (documentType !== supportedDocument) return { holder, documentType, applicationsLeft: 0 };
  const last = await lastProof(issuer.store, personOf(issuer.secrets, identity));
  return {
    holder,
    documentType,
    ...applicationsLeft(last, at, issuer.policy),
    ...(last && at < last.valid_until ? { proof: asProof(last) } : {}),
  };
}
