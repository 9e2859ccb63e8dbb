import { supportedDocument } from '../../widget/protocol/documents.ts';
import type { Policy } from '../../widget/protocol/policy.ts';
import { readResidentId } from '../../widget/protocol/resident-id.ts';
import { monthOf } from '../../widget/protocol/shanghai-time.ts';
import { personOf } from '../issuer/person.ts';
import { erasePerson, type Erasure } from '../store/erasure.ts';
import type { Store } from '../store/open-store.ts';
import { loadSecrets } from '../store/secrets.ts';

/**
 * Forgets whoever has a document number.
 *
 * @param typed the number, as on the card
 * @param at whole seconds since the epoch, by the clock of the servers on this store
 * @returns what was done, for whoever asked for it; `undefined` where the text is no such number
 */
export async function erase(
  store: Store,
  policy: Pick<Policy, 'gateLeewaySeconds'>,
  typed: string,
  at: number,
): Promise<string | undefined> {
  const read = readResidentId(typed, at);
  if (!read.ok) return undefined;
  const document = { documentType: supportedDocument, number: read.number } as const;
  const person = personOf(await loadSecrets(store), document);
  const month = monthOf(at);
  const done = await erasePerson(store, person, {
    at,
    month,
    leewaySeconds: policy.gateLeewaySeconds,
  });
  return told(done, month);
}

function told(done: Erasure, month: string): string {
  if (Object.values(done).every((count) => count === 0)) {
    // The bare count of an erasure before may be there.
    return 'Nothing to erase is stored about this number.';
  }
  const { identities, applications, checks, grants, proofs, looks, grantsToRefuse, counted } = done;
  const lines = [
    `Erased: ${identities} identity, ${applications} applications, ${checks} liveness checks, ${grants} grants, ${proofs} proofs; ${looks} looks no longer say at whom.`,
    grantsToRefuse > 0 &&
      `Kept until their codes have ended, so that gates refuse them: ${grantsToRefuse} grants, ended now.`,
    counted > 0 &&
      `Kept as a bare count: ${counted} of the applications of ${month}. No proof is valid any more.`,
  ];
  return lines.filter(Boolean).join('\n');
}
