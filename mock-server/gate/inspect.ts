import { grantIdOf } from '../../widget/protocol/code/claims.ts';
import type { Ledger } from '../../widget/protocol/code/ledger.ts';
import type { InspectionAnswer, InspectionRequest } from '../../widget/protocol/messages/gate.ts';
import type { MaskedIdentity, Proof } from '../../widget/protocol/messages/holder.ts';
import { reasonCodes, type Reason } from '../../widget/protocol/code/reasons.ts';
import { grantOfCode } from '../store/grants.ts';
import { recordInspection } from '../store/inspections.ts';
import { asAnswer, check, type SharedGate } from './admit.ts';

export interface InspectionDesk extends SharedGate {
  /** Who a proof was issued to, masked; nothing once that has been erased. */
  shownOf: (
    person: string,
    proofOrdinal: number,
  ) => Promise<{ holder: MaskedIdentity; proof: Proof } | undefined>;
  newId: () => string;
}

/** No purpose of a look uses a code up. */
const noLedger: Ledger = {
  admit: () => {
    throw new Error('A look used a code up.');
  },
};

/**
 * A look by train crew, counter or check: the whole fresh code, checked as a gate checks it, and what
 * the purpose needs of its holder. Every look is recorded, refused ones too; what was seen is not.
 */
export async function inspect(
  desk: InspectionDesk,
  request: InspectionRequest,
  at: number,
): Promise<InspectionAnswer> {
  const { store, policy } = desk;
  const { purpose, station, lane, train = null } = request;
  const verdict = await check(desk, request, noLedger, at);
  const grant = verdict.admitted
    ? await grantOfCode(store, grantIdOf(verdict.claims), at - policy.gateLeewaySeconds)
    : undefined;
  const shown = grant && (await desk.shownOf(grant.person, grant.proof_ordinal));
  const refusal: Reason | null = verdict.admitted ? (shown ? null : 'revoked') : verdict.reason;

  await recordInspection(store, {
    id: desk.newId(),
    person: grant?.person ?? null,
    jti: verdict.admitted ? verdict.claims.jti : null,
    purpose,
    station,
    lane,
    train,
    refusal,
    looked_at: at,
  });

  const answer = asAnswer(verdict);
  if (!answer.admitted) return answer;
  if (!shown) return { admitted: false, reason: 'revoked', code: reasonCodes.revoked };
  const { holder, proof } = shown;
  return purpose === 'counter' ? { admitted: true, holder, proof } : { ...answer, holder };
}
