import { refusalByHistory, type Consuming, type Ticket, type TicketHistory } from '../tickets.ts';

/** One use of a code, about to be written down. */
export interface CodeUse {
  jti: string;
  purpose: Consuming;
  ticket: Ticket;
  /** Station and lane, as one text. */
  lane: string;
  /** Whole seconds since the epoch. */
  at: number;
}

export type UseRefusal = 'already-used' | 'already-entered' | 'not-entered';

/**
 * Where uses are written down. `admit` is one atomic step: the code is unused for this purpose
 * and the ticket may be used once more, or nothing is written. A repeat at the same lane within
 * the policy's `repeatSeconds` gets the verdict of the first.
 *
 * Gates that share a ledger catch each other's replays; two that do not can each admit one code
 * once within its window and the leeway.
 */
export interface Ledger {
  admit(use: CodeUse): Promise<UseRefusal | undefined>;
}

/** A ledger in memory, for one gate alone and for tests; it forgets when the process ends. */
export function memoryLedger(repeatSeconds: number): Ledger {
  const uses = new Map<string, CodeUse>();
  const histories = new Map<string, TicketHistory>();
  return {
    admit: async (use) => {
      const key = `${use.jti} ${use.purpose}`;
      const earlier = uses.get(key);
      if (earlier) return refusalOfRepeat(asEarlier(earlier), use, repeatSeconds);
      const history = histories.get(use.ticket.id) ?? { entries: 0, last: undefined };
      const refusal = refusalByHistory(use.ticket, use.purpose, history);
      if (refusal) return refusal;
      uses.set(key, use);
      histories.set(use.ticket.id, {
        entries: history.entries + (use.purpose === 'entry' ? 1 : 0),
        last: use.purpose,
      });
      return undefined;
    },
  };
}

/** A use as it was written down. */
export interface EarlierUse {
  lane: string;
  at: number;
  ticketId: string;
}

export const asEarlier = ({ lane, at, ticket }: CodeUse): EarlierUse => ({
  lane,
  at,
  ticketId: ticket.id,
});

/**
 * Scanners read twice: the same code at the same lane within `repeatSeconds` has the verdict of the
 * first, with the ticket of the first. Of another ticket of the holder's it says that it is no use, so
 * that the check goes on to the one that was used.
 */
export function refusalOfRepeat(
  earlier: EarlierUse,
  use: CodeUse,
  repeatSeconds: number,
): UseRefusal | undefined {
  const isRepeat = earlier.lane === use.lane && Math.abs(use.at - earlier.at) <= repeatSeconds;
  if (!isRepeat) return 'already-used';
  return earlier.ticketId === use.ticket.id ? undefined : 'already-entered';
}
