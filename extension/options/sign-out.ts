import { createFlow, type Ports } from '../../widget/index.ts';
import { holderCalls } from '../../widget/protocol/calls.ts';

/** What has become of the codes that could still be shown. */
export interface SignedOut {
  /** Of the grants: none there were, or the issuer has revoked them, or it has not said so. */
  atIssuer: 'nothing' | 'revoked' | 'unconfirmed';
  /** Nothing is left in this browser. */
  emptied: boolean;
}

/**
 * Revokes at the issuer, empties the vault and tells the other surfaces (R19): the widget's own sign-out,
 * without a screen.
 *
 * @param issuer that the grant is from
 * @param forget takes what else is stored; done before the surfaces are told, so that none of them goes
 *   on for whoever was signed in
 */
export async function signOut(
  issuer: string,
  ports: Ports,
  forget: () => Promise<void>,
): Promise<SignedOut> {
  // Before any surface, told by what is stored, lets go of it by itself.
  const held = await ports.vault.read();
  const forgotten = await forget().then(
    () => true,
    () => false,
  );
  let isEmpty = false;
  let isRevoked = false;
  const flow = createFlow({
    issuer,
    tellHost: () => true,
    ports: {
      ...ports,
      vault: {
        ...ports.vault,
        read: async () => held,
        clear: async () => (isEmpty = await ports.vault.clear()),
      },
      send: async (request) => {
        const answer = await ports.send(request);
        isRevoked ||= request.method === holderCalls.signOut.method && answer.ok;
        return answer;
      },
    },
  });
  await flow.signOut();
  const atIssuer = held === undefined ? 'nothing' : isRevoked ? 'revoked' : 'unconfirmed';
  return { atIssuer, emptied: isEmpty && forgotten };
}
