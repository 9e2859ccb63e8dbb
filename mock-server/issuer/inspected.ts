import { maskName, maskNumber } from '../../widget/protocol/masking.ts';
import type { MaskedIdentity, Proof } from '../../widget/protocol/messages/holder.ts';
import { sealedIdentity } from '../store/identities.ts';
import { proofAt } from '../store/proofs.ts';
import { openIdentity } from './identities.ts';
import type { Issuer } from './issuer.ts';
import { asProof } from './proof-chain.ts';

/** What a verifier with the right to look may see of a person: masked, never more. */
export async function inspected(
  issuer: Issuer,
  person: string,
  proofOrdinal: number,
): Promise<{ holder: MaskedIdentity; proof: Proof } | undefined> {
  const identity = openIdentity(issuer, await sealedIdentity(issuer.store, person));
  const proof = await proofAt(issuer.store, person, proofOrdinal);
  if (!identity || !proof) return undefined;
  return {
    holder: { name: maskName(identity.name), number: maskNumber(identity.number) },
    proof: asProof(proof),
  };
}
