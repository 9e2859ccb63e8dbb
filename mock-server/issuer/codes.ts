import { mintPack } from '../../widget/protocol/code/mint.ts';
import type { Pack } from '../../widget/protocol/messages/holder.ts';
import { Problem } from '../../widget/protocol/problems.ts';
import { liveGrantByToken, takeCounters } from '../store/grants.ts';
import { recallIdentity } from './identities.ts';
import type { Caller, Issuer } from './issuer.ts';
import { pseudonymsOf } from './person.ts';
import { hashOf, openReference } from './references.ts';
import { codesUntil } from './showing.ts';

/**
 * A fresh pack for the rest of a grant (R16): new windows from this moment.
 *
 * @param token the grant's
 * @throws `verification-required` when the grant is over or another key's, `rate-limited` past
 *   the packs of a grant
 */
export async function freshCodes(
  issuer: Issuer,
  caller: Caller,
  token: string,
): Promise<Pack & { grantId: string }> {
  const { store, policy } = issuer;
  const { at, thumbprint } = caller;
  const person = openReference(issuer, 'grant', token)?.person;
  const liveGrant = async () =>
    person === undefined ? undefined : liveGrantByToken(store, person, hashOf(token), at);
  const grant = await liveGrant();
  if (!grant || grant.thumbprint !== thumbprint) throw new Problem('verification-required');

  const identity = await recallIdentity(issuer, grant.person);
  const codes = codesUntil(at, grant.expires_at, policy);
  const firstCounter = await takeCounters(store, grant, codes, policy.packsPerGrant);
  if (firstCounter === undefined) {
    // Another may have ended it since it was read.
    if (!(await liveGrant())) throw new Problem('verification-required');
    // All its packs are out, and the codes it has still rotate.
    throw new Problem('rate-limited', { retryAfter: grant.expires_at - at });
  }
  const key = await issuer.keyring.signing('code', at);
  return {
    grantId: grant.public_id,
    serverTime: at * 1000,
    codes: await mintPack(
      {
        grantId: grant.public_id,
        firstCounter,
        from: at,
        until: grant.expires_at,
        codeSeconds: policy.codeSeconds,
        subjectAt: pseudonymsOf(issuer.secrets, identity),
      },
      key,
    ),
  };
}
