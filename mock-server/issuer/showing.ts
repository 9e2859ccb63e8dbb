import { mintPack } from '../../widget/protocol/code/mint.ts';
import type { Identity } from '../../widget/protocol/identity.ts';
import { maskName, maskNumber } from '../../widget/protocol/masking.ts';
import type { Shown } from '../../widget/protocol/messages/holder.ts';
import type { Policy } from '../../widget/protocol/policy.ts';
import type { NewGrant } from '../store/grants.ts';
import type { LivenessCheckRow, ProofRow } from '../store/schema.ts';
import type { Issuer } from './issuer.ts';
import { pseudonymsOf } from './person.ts';
import { asProof } from './proof-chain.ts';
import { hashOf, newId, sealReference } from './references.ts';

/** A grant about to be opened: written with what it shows, its codes signed after that. */
export interface Showing {
  grant: (proof: ProofRow) => NewGrant;
  answer: (outcome: Shown['outcome'], proof: ProofRow) => Promise<Shown & { grantId: string }>;
}

/** Codes of a pack: one for each window until the grant ends, the last may be short. */
export const codesUntil = (from: number, until: number, policy: Policy): number =>
  Math.ceil((until - from) / policy.codeSeconds);

/**
 * Prepares the grant that a liveness check opens: 30 min from the check, or to the proof's end
 * (R17), bound to the holder's key.
 */
export function prepareShowing(
  issuer: Issuer,
  check: LivenessCheckRow,
  identity: Identity,
  checkedAt: number,
  at: number,
): Showing {
  const { policy, secrets, keyring } = issuer;
  const { person, thumbprint } = check;
  const publicId = issuer.random(6).toString('base64url');
  const token = sealReference(issuer, 'grant', { person, id: newId(issuer) });
  const expiresAt = (proof: ProofRow): number =>
    Math.min(checkedAt + policy.grantSeconds, proof.valid_until);

  return {
    grant: (proof) => ({
      person,
      thumbprint,
      public_id: publicId,
      token_hash: hashOf(token),
      check_id: check.id,
      proof_ordinal: proof.ordinal,
      expires_at: expiresAt(proof),
      codes: codesUntil(at, expiresAt(proof), policy),
    }),
    answer: async (outcome, proof) => ({
      grantId: publicId,
      outcome,
      proof: asProof(proof),
      holder: { name: maskName(identity.name), number: maskNumber(identity.number) },
      grant: { token, expiresAt: expiresAt(proof) },
      pack: {
        serverTime: at * 1000,
        codes: await mintPack(
          {
            grantId: publicId,
            firstCounter: 0,
            from: at,
            until: expiresAt(proof),
            codeSeconds: policy.codeSeconds,
            subjectAt: pseudonymsOf(secrets, identity),
          },
          await keyring.signing('code', at),
        ),
      },
    }),
  };
}
