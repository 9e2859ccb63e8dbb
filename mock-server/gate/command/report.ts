import type { Denylist, Verdict } from '../../../widget/protocol/code/check.ts';
import { reasonCodes } from '../../../widget/protocol/code/reasons.ts';
import { en } from '../page/texts-en.ts';

/** The verdict for people: one line, and another for what it could not know. */
export function inWords(verdict: Verdict, denylist: Denylist | undefined): string {
  const unknown = denylist ? '' : '\n  Not compared with a denylist: the code may be withdrawn.';
  if (verdict.admitted) {
    const { ticket } = verdict;
    const way = ticket
      ? `: ${en.kinds[ticket.kind]} ${ticket.id}, ${ticket.train}, ${ticket.from} to ${ticket.to}`
      : '';
    return `admitted${way}${unknown}`;
  }
  const { reason, secondsOff } = verdict;
  const { word, hint } = en.reasons[reason];
  const off = secondsOff === undefined ? '' : `, ${en.secondsOff(secondsOff)}`;
  return `refused: ${reason} (${reasonCodes[reason]}${off}). ${word}. ${hint}.`;
}

/**
 * The verdict for programs: `admitted`; then `ticket` (`null` at a counter) and `claims`, or
 * `reason`, `code` and, outside the window, `secondsOff`; `denylistIssuedAt` is seconds since the
 * epoch, `null` without a denylist.
 */
export function inJson(verdict: Verdict, denylist: Denylist | undefined): string {
  const denylistIssuedAt = denylist?.issuedAt ?? null;
  if (!verdict.admitted) {
    return JSON.stringify({ ...verdict, code: reasonCodes[verdict.reason], denylistIssuedAt });
  }
  const { claims, ticket = null } = verdict;
  return JSON.stringify({ admitted: true, ticket, claims, denylistIssuedAt });
}
