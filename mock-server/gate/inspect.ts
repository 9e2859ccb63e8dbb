import { grantIdOf, type CodeClaims } from '../../widget/protocol/code/claims.ts';
import type { Ledger } from '../../widget/protocol/code/ledger.ts';
import type { InspectionAnswer, InspectionRequest } from '../../widget/protocol/messages/gate.ts';
import type { MaskedIdentity, Proof } from '../../widget/protocol/messages/holder.ts';
import { reasonCodes, type Reason } from '../../widget/protocol/code/reasons.ts';
import { grantOfCode } from '../store/grants.ts';
import { recordInspection } from '../store/inspections.ts';
import { asAnswer, check, type SharedGate } from './admit.ts';

export interface InspectionDesk extends SharedGate {
  /** Who a proof was issued to, masked; nothing once that has been erased, or if the code is another's. */
  shownOf: (
    person: string,
    proofOrdinal: number,
    code: CodeClaims,
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
  const { purpose, station, lane, train = null } = request;
  const verdict = await check(desk, request, noLedger, at);
  const seen = verdict.admitted ? await look(desk, verdict.claims, at) : undefined;
  const refusal: Reason | null = verdict.admitted ? (seen ? null : 'revoked') : verdict.reason;

  await recordInspection(desk.store, {
    id: desk.newId(),
    person: seen?.person ?? null,
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
  if (!seen) return { admitted: false, reason: 'revoked', code: reasonCodes.revoked };
  const { holder, proof } = seen.shown;
  return purpose === 'counter' ? { admitted: true, holder, proof } : { ...answer, holder };
}

async function look({ store, policy, shownOf }: InspectionDesk, code: CodeClaims, at: number) {
  const grant = await grantOfCode(store, grantIdOf(code), at - policy.gateLeewaySeconds);
  const shown = grant && (await shownOf(grant.person, grant.proof_ordinal, code));
  return shown && { person: grant.person, shown };
}
