import type { Call } from '../../widget/protocol/calls.ts';
import { grantIdOf } from '../../widget/protocol/code/claims.ts';
import type { Reason } from '../../widget/protocol/code/reasons.ts';
import { gateCalls } from '../../widget/protocol/gate-calls.ts';
import { AdmissionAnswer, SignedDenylist } from '../../widget/protocol/messages/gate.ts';
import type { Shown } from '../../widget/protocol/messages/holder.ts';
import type { Purpose } from '../../widget/protocol/tickets.ts';
import { readDenylist, type Expected } from '../../widget/check/trust.ts';
import { demandShape, reached, type Answer } from './answer.ts';
import { demand, NotOffered, NotReached } from './check.ts';
import type { IssuerUnderTest, Sent } from './issuer-under-test.ts';
import { pinned, readable } from './pack.ts';

/** What gates and crews ask, and what they hold. */

/** @throws {NotOffered} without the credential that the call needs */
export function credentialFor({ target }: IssuerUnderTest, { by }: Pick<Call, 'by'>): string {
  const isGate = by.includes('gate');
  const credential = isGate ? target.gateCredential : target.crewCredential;
  if (credential !== undefined) return credential;
  const name = isGate ? 'a gate (BOARDING_ID_CREDENTIAL)' : 'a crew (BOARDING_ID_CREW_CREDENTIAL)';
  throw new NotOffered(`needs the credential of ${name}`);
}

/** @throws {NotOffered} without the credential that the call needs */
export async function askAsStaff(
  issuer: IssuerUnderTest,
  call: Call,
  sent: Sent = {},
): Promise<Answer> {
  const headers = { Authorization: `Bearer ${credentialFor(issuer, call)}` };
  return issuer.ask(call, { ...sent, headers });
}

/** Where a code is looked at, and what for. */
export interface Look {
  purpose: Purpose;
  station?: string;
  lane?: string;
  train?: string;
  /** When a gate that was alone let it through, whole seconds since the epoch. */
  admittedAt?: number;
}

export const scanned = (code: string, look: Look) => ({
  scanned: code,
  station: 'conformance',
  lane: '1',
  ...look,
});

/** @throws {Failed} unless a gate is given this verdict */
export async function demandVerdict(
  issuer: IssuerUnderTest,
  expected: 'admitted' | Reason,
  code: string,
  look: Look,
): Promise<AdmissionAnswer> {
  const answer = await askAsStaff(issuer, gateCalls.admit, { body: scanned(code, look) });
  const read = demandShape(answer, AdmissionAnswer);
  const came = read.admitted ? 'admitted' : read.reason;
  demand(came === expected, `${expected} at ${look.purpose}`, came);
  // With whatever it says beside the members of the contract.
  return answer.body as AdmissionAnswer;
}

/** The code that a phone would show now. @throws {NotReached} */
export function shownCode({ pack }: Pick<Shown, 'pack'>): string {
  const [code] = pack.codes;
  if (code === undefined) throw new NotReached('an empty pack');
  return code;
}

/** By what the denylist names the grant of what is shown. */
export const publicIdOf = (shown: Pick<Shown, 'pack'>): string => {
  const [claims] = readable([shownCode(shown)]);
  return claims ? grantIdOf(claims) : '';
};

/** How the lists that a gate fetches are to be signed. */
export async function expected(issuer: IssuerUnderTest): Promise<Expected> {
  const { policy } = await issuer.metadata();
  return {
    keys: await pinned(issuer),
    issuer: issuer.origin,
    at: await issuer.now(),
    leewaySeconds: policy.gateLeewaySeconds,
  };
}

/** The public ids on the denylist of this moment. @throws {NotReached} where it does not verify */
export async function revokedIds(issuer: IssuerUnderTest): Promise<ReadonlySet<string>> {
  const { denylist } = reached(await askAsStaff(issuer, gateCalls.denylist), SignedDenylist);
  const list = await readDenylist(denylist, await expected(issuer));
  if (!list) throw new NotReached('a denylist that does not verify');
  return list.revoked;
}
