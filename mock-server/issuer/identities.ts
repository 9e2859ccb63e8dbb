import { supportedDocument } from '../../widget/protocol/documents.ts';
import { readIdentity, type Identity } from '../../widget/protocol/identity.ts';
import type { TypedIdentity } from '../../widget/protocol/messages/holder.ts';
import { Problem } from '../../widget/protocol/problems.ts';
import { sealedIdentity } from '../store/identities.ts';
import type { Caller, HostSession, Issuer } from './issuer.ts';
import { seal, unseal } from '../store/sealing.ts';

const label = 'identity';

/** @throws `session-expired` when the host's user is no longer known */
export async function identityOfSession(issuer: Issuer, session: HostSession): Promise<Identity> {
  const identity = await issuer.identities.find(session.identity);
  if (!identity) throw new Problem('session-expired');
  return identity;
}

/**
 * Whoever asks for a proof or a look at one: a signed-in user by the session (R4), a guest by what
 * was typed and confirmed (R7). The answer depends on the form alone, never on the person.
 *
 * @throws `session-required` `session-expired` `unsupported-document` `consent-required` and the
 *   problems of {@link readIdentity}
 */
export async function identityOfRequest(
  issuer: Issuer,
  caller: Caller,
  request: { identity?: TypedIdentity | undefined; consent: boolean },
): Promise<Identity> {
  if (caller.session && request.identity) {
    throw new Problem('invalid-request', { detail: 'either a session or an identity, not both' });
  }
  if (caller.session) {
    const identity = await identityOfSession(issuer, caller.session);
    if (identity.documentType !== supportedDocument) throw new Problem('unsupported-document');
    return identity;
  }
  if (!request.identity) throw new Problem('session-required');
  const read = readIdentity(request.identity, caller.at);
  if (!read.ok) throw new Problem(read.problem);
  if (!request.consent) throw new Problem('consent-required');
  return read.identity;
}

export const sealIdentity = ({ secrets }: Pick<Issuer, 'secrets'>, identity: Identity): string =>
  seal(secrets.seal, label, JSON.stringify(identity));

export function openIdentity(
  { secrets }: Pick<Issuer, 'secrets'>,
  sealed: string | null | undefined,
): Identity | undefined {
  const text = sealed && unseal(secrets.seal, label, sealed);
  return text ? (JSON.parse(text) as Identity) : undefined;
}

/** @throws `no-valid-proof` when the identity has been erased */
export async function recallIdentity(issuer: Issuer, person: string): Promise<Identity> {
  const identity = openIdentity(issuer, await sealedIdentity(issuer.store, person));
  if (!identity) throw new Problem('no-valid-proof');
  return identity;
}
