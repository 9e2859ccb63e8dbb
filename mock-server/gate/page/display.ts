import type { Verdict } from '../../../widget/protocol/code/check.ts';
import { reasonCodes, type Reason } from '../../../widget/protocol/code/reasons.ts';
import type { InspectionAnswer } from '../../../widget/protocol/messages/gate.ts';
import type { Ticket } from '../../../widget/protocol/tickets.ts';

/** What stands on the gate's display. */
export type Display =
  /** alone: judged without the ledger that other gates share. */
  | {
      kind: 'pass';
      ticket: Omit<Ticket, 'sub'> | undefined;
      alone: boolean;
      /** Whose code it is and their proof, for people who look; only the issuer can tell. */
      seen?: Pick<Extract<InspectionAnswer, { admitted: true }>, 'holder' | 'proof'>;
    }
  | {
      kind: 'refused';
      reason: Reason;
      code: string;
      secondsOff: number | undefined;
      alone: boolean;
    }
  /** The gate itself failed, and says so instead of staying silent. */
  | { kind: 'broken' };

export function asDisplay(verdict: Verdict, alone: boolean): Display {
  return verdict.admitted
    ? { kind: 'pass', ticket: verdict.ticket, alone }
    : refused(verdict.reason, verdict.secondsOff, alone);
}

export function asLook(answer: InspectionAnswer): Display {
  if (!answer.admitted) return refused(answer.reason, answer.secondsOff, false);
  const { ticket, holder, proof } = answer;
  return { kind: 'pass', ticket, alone: false, seen: { holder, ...(proof && { proof }) } };
}

export const refused = (
  reason: Reason,
  secondsOff: number | undefined,
  alone: boolean,
): Display => ({
  kind: 'refused',
  reason,
  code: reasonCodes[reason],
  secondsOff,
  alone,
});
