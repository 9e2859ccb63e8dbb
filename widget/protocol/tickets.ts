import * as v from 'valibot';

/** single: one ride; multi-ride (计次票): as many as it holds; period (定期票): without limit (R21). */
export const ticketKinds = ['single', 'multi-ride', 'period'] as const;
export type TicketKind = (typeof ticketKinds)[number];

/**
 * A ticket as a gate's manifest holds it: a row says who may ride only by the day's pseudonym.
 * Instants are whole seconds since the epoch.
 */
export const Ticket = v.object({
  /** Pseudonym of the holder on the manifest's service day. */
  sub: v.string(),
  id: v.string(),
  kind: v.picklist(ticketKinds),
  /** Rides that the ticket holds; only a multi-ride ticket has it. */
  rides: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  train: v.string(),
  /** Station ids. */
  from: v.string(),
  to: v.string(),
  validFrom: v.number(),
  validUntil: v.number(),
});
export type Ticket = v.InferOutput<typeof Ticket>;

/** What a verifier is looking at a code for. `entry` and `exit` consume it, the others do not. */
export const purposes = ['entry', 'exit', 'counter', 'check', 'onboard'] as const;
export type Purpose = (typeof purposes)[number];

export type Consuming = 'entry' | 'exit';
export const consumes = (purpose: Purpose): purpose is Consuming =>
  purpose === 'entry' || purpose === 'exit';

/** Where a code is being looked at. */
export interface Place {
  /** Station id; on board it is not asked for. */
  station: string;
  /** Identifies the lane, so that a scanner that reads twice repeats its verdict. */
  lane: string;
  /** The one train this gate boards, or none for a gate open to all. */
  train?: string | undefined;
}

export type TicketChoice =
  { ok: true; tickets: readonly Ticket[] } | { ok: false; reason: 'no-ticket' | 'wrong-train' };

/**
 * The ticket rule: which of a person's tickets count here and now.
 *
 * A counter sells tickets, so it asks for none (R21). An exit looks at the destination, every other
 * purpose at the origin; on board only the train counts.
 *
 * @param at whole seconds since the epoch
 * @returns the tickets in the order to try them, the one that ends first in front: whoever holds
 *   two that count at an open gate can use both, one after the other
 */
export function chooseTicket(
  tickets: readonly Ticket[],
  purpose: Purpose,
  place: Place,
  at: number,
): TicketChoice {
  if (purpose === 'counter') return { ok: true, tickets: [] };
  const here = tickets.filter(
    (ticket) =>
      at >= ticket.validFrom &&
      at < ticket.validUntil &&
      (purpose === 'onboard' || (purpose === 'exit' ? ticket.to : ticket.from) === place.station),
  );
  if (here.length === 0) return { ok: false, reason: 'no-ticket' };
  const chosen = here
    .filter(({ train }) => place.train === undefined || train === place.train)
    .sort((a, b) => a.validUntil - b.validUntil);
  return chosen.length > 0 ? { ok: true, tickets: chosen } : { ok: false, reason: 'wrong-train' };
}

/** What has been done with a ticket so far: how often entered, and what came last. */
export interface TicketHistory {
  entries: number;
  last: Consuming | undefined;
}

/**
 * Whether a ticket may be entered or left with once more, by its kind. Keyed on the ticket and not
 * on the code: a relayed code and the holder's next one are two codes of one ride.
 */
export function refusalByHistory(
  ticket: Pick<Ticket, 'kind' | 'rides'>,
  purpose: Consuming,
  { entries, last }: TicketHistory,
): 'already-entered' | 'not-entered' | undefined {
  if (purpose === 'exit') return last === 'entry' ? undefined : 'not-entered';
  const rides = { single: 1, 'multi-ride': ticket.rides ?? 1, period: Infinity }[ticket.kind];
  return last === 'entry' || entries >= rides ? 'already-entered' : undefined;
}
