import { checkCode, type Verdict } from '../../widget/protocol/code/check.ts';
import { reasonCodes } from '../../widget/protocol/code/reasons.ts';
import type { AdmissionAnswer, AdmissionRequest } from '../../widget/protocol/messages/gate.ts';
import type { Policy } from '../../widget/protocol/policy.ts';
import { endedEarly } from '../store/grants.ts';
import { sharedLedger } from '../store/ledger.ts';
import type { Store } from '../store/open-store.ts';
import { ticketsOf } from '../store/tickets.ts';

/** What a verifier beside the store works with. */
export interface SharedGate {
  store: Store;
  policy: Policy;
  /** The issuer's public keys for codes, by `kid`. */
  codeKeys: (at: number) => Promise<ReadonlyMap<string, CryptoKey>>;
}

/** The gate's check with everything in the store: always fresh, and shared by all lanes (B2). */
export async function admit(
  { store, policy, codeKeys }: SharedGate,
  request: AdmissionRequest,
  at: number,
): Promise<AdmissionAnswer> {
  const { scanned, purpose, station, lane, train } = request;
  const revoked = await endedEarly(store, at - policy.gateLeewaySeconds);
  const verdict = await checkCode(
    { scanned, purpose, place: { station, lane, train }, at },
    {
      keys: await codeKeys(at),
      denylist: { revoked: new Set(revoked), issuedAt: at },
      ticketsOf: (sub) => ticketsOf(store, sub, station),
      ledger: sharedLedger(store, policy.repeatSeconds),
      policy,
    },
  );
  return asAnswer(verdict);
}

function asAnswer(verdict: Verdict): AdmissionAnswer {
  if (verdict.admitted) {
    if (!verdict.ticket) return { admitted: true };
    const { sub: _, ...ticket } = verdict.ticket;
    return { admitted: true, ticket };
  }
  const { reason, secondsOff } = verdict;
  return {
    admitted: false,
    reason,
    code: reasonCodes[reason],
    ...(secondsOff === undefined ? {} : { secondsOff }),
  };
}
