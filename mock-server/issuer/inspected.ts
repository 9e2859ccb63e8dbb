import type { CodeClaims } from '../../widget/protocol/code/claims.ts';
import { maskName, maskNumber } from '../../widget/protocol/masking.ts';
import type { MaskedIdentity, Proof } from '../../widget/protocol/messages/holder.ts';
import { sealedIdentity } from '../store/identities.ts';
import { proofAt } from '../store/proofs.ts';
import { openIdentity } from './identities.ts';
import type { Issuer } from './issuer.ts';
import { pseudonymsOf } from './person.ts';
import { asProof } from './proof-chain.ts';

/**
 * What a verifier with the right to look may see of a person: masked, never more. Nothing unless the code's
 * pseudonym is that person's too: two grants may have come to one public id.
 *
 * @param code claims of a code that has been checked
 */
export async function inspected(
  issuer: Issuer,
  person: string,
  proofOrdinal: number,
  code: Pick<CodeClaims, 'sub' | 'nbf'>,
): Promise<{ holder: MaskedIdentity; proof: Proof } | undefined> {
  const identity = openIdentity(issuer, await sealedIdentity(issuer.store, person));
  const proof = await proofAt(issuer.store, person, proofOrdinal);
  if (!identity || !proof) return undefined;
  if (pseudonymsOf(issuer.secrets, identity)(code.nbf) !== code.sub) return undefined;
  return {
    holder: { name: maskName(identity.name), number: maskNumber(identity.number) },
    proof: asProof(proof),
  };
}
