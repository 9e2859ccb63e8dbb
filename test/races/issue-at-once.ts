import { nextLink } from '../../mock-server/issuer/proof-chain.ts';
import { issueAtOnce as issue } from '../../mock-server/store/issue-at-once.ts';
import { lastProof } from '../../mock-server/store/proofs.ts';
import { policy } from '../../widget/protocol/policy.ts';
import type { RunningIssuer } from '../issuer/running-issuer.ts';
import { applied } from '../store/whole-issue.ts';

/**
 * Has one person's whole issues written at once, each of another application and all at the same time.
 *
 * @returns what each came to
 */
export async function issueAtOnce(
  { store }: RunningIssuer,
  { person, at, count, server }: { person: string; at: number; count: number; server: number },
): Promise<string[]> {
  const issues = await Promise.all(
    Array.from({ length: count }, (_, index) =>
      applied(store, person, `${server}-${index}-${at}`, at, 'none'),
    ),
  );
  return Promise.all(
    issues.map(async (whole) => {
      const next = nextLink(person, await lastProof(store, person), at, policy);
      if (next.status !== 'extend') return next.status;
      const proof = { ...whole.proof, ...next.link };
      const grant = { ...whole.grant, proof_ordinal: proof.ordinal };
      return (await issue(store, { ...whole, proof, grant })) ? 'issued' : 'overtaken';
    }),
  );
}
