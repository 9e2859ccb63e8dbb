import { checkCode, type Verdict } from '../../widget/protocol/code/check.ts';
import type { Ledger } from '../../widget/protocol/code/ledger.ts';
import { reasonCodes } from '../../widget/protocol/code/reasons.ts';
import type { AdmissionAnswer, AdmissionRequest } from '../../widget/protocol/messages/gate.ts';
import type { Policy } from '../../widget/protocol/policy.ts';
import { Problem } from '../../widget/protocol/problems.ts';
import { endedEarly } from '../store/grants.ts';
import { recordOfflineAdmission } from '../store/inspections.ts';
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
  gate: SharedGate,
  request: AdmissionRequest,
  at: number,
): Promise<AdmissionAnswer> {
  const ledger = sharedLedger(gate.store, gate.policy.repeatSeconds);
  const { admittedAt } = request;
  if (admittedAt === undefined) return asAnswer(await check(gate, request, ledger, at));
  if (admittedAt > at + gate.policy.gateLeewaySeconds) {
    throw new Problem('invalid-request', { detail: 'admittedAt' });
  }
  return asAnswer(await takeUpload(gate, { ...request, admittedAt }, ledger, at));
}

/** The one check, by what the store holds at that instant. */
export async function check(
  { store, policy, codeKeys }: SharedGate,
  request: Omit<AdmissionRequest, 'admittedAt'>,
  ledger: Ledger,
  at: number,
): Promise<Verdict> {
  const { scanned, purpose, station, lane, train } = request;
  const revoked = await endedEarly(store, at - policy.gateLeewaySeconds);
  return checkCode(
    { scanned, purpose, place: { station, lane, train }, at },
    {
      keys: await codeKeys(at),
      denylist: { revoked: new Set(revoked), issuedAt: at },
      ticketsOf: (sub) => ticketsOf(store, sub, purpose === 'onboard' ? undefined : station),
      ledger,
      policy,
    },
  );
}

/**
 * What a gate that was alone has let through is written down once, even if it should not have been:
 * whoever was let in is in. The answer says which it was.
 */
async function takeUpload(
  gate: SharedGate,
  request: AdmissionRequest & { admittedAt: number },
  ledger: Ledger,
  at: number,
): Promise<Verdict> {
  const { admittedAt, purpose, station } = request;
  let jti: string | undefined;
  const noting: Ledger = {
    admit: (use) => {
      jti = use.jti;
      return ledger.admit(use);
    },
  };
  const verdict = await check(gate, request, noting, admittedAt);
  if (jti !== undefined) {
    await recordOfflineAdmission(gate.store, {
      jti,
      purpose,
      lane: JSON.stringify([station, request.lane]),
      admitted_at: admittedAt,
      uploaded_at: at,
      refusal: verdict.admitted ? null : verdict.reason,
    });
  }
  return verdict;
}

export function asAnswer(verdict: Verdict): AdmissionAnswer {
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
