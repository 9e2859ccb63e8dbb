import { reasonCodes, type Reason } from '../../widget/protocol/code/reasons.ts';
import type { Purpose, Ticket } from '../../widget/protocol/tickets.ts';
import { now, sub, type goodCodes } from './codes.ts';

export type Expected =
  | { admitted: true; ticket: string | null }
  | { admitted: false; reason: Reason; code: string; secondsOff?: number };

/** One look at a code by a gate. Instants are whole seconds since the epoch. */
export interface Scan {
  /** Its name in the deck's `codes`. */
  code: string;
  at: number;
  purpose: Purpose;
  station: string;
  lane: string;
  /** The one train that this gate boards; `null` for a gate open to all. */
  train: string | null;
  expected: Expected;
}

/** A gate with an empty ledger, and the scans that it makes one after the other. */
export interface Case {
  name: string;
  /** The `kid` of the keys that the gate holds. */
  pinned: string[];
  denylist: { issuedAt: number; revoked: string[] } | null;
  manifest: Ticket[];
  scans: Scan[];
}

export const ticket: Ticket = {
  sub,
  id: 'ticket-1',
  kind: 'single',
  train: 'G1',
  from: 'beijing-south',
  to: 'shanghai-hongqiao',
  validFrom: now - 3600,
  validUntil: now + 3600,
};
export const denylist = { issuedAt: now, revoked: [] };

type Given = Omit<Scan, 'expected' | 'code'>;
export const entry: Given = {
  at: now,
  purpose: 'entry',
  station: ticket.from,
  lane: '1',
  train: null,
};
export const exit: Given = { ...entry, purpose: 'exit', station: ticket.to };

type Code = keyof typeof goodCodes;
export const scan = (code: Code, expected: Expected, given: Partial<Given> = {}): Scan => ({
  code,
  ...entry,
  ...given,
  expected,
});
export const admitted = (id: string | null = ticket.id): Expected => ({
  admitted: true,
  ticket: id,
});
export const refused = (reason: Reason, secondsOff?: number): Expected => ({
  admitted: false,
  reason,
  code: reasonCodes[reason],
  ...(secondsOff === undefined ? {} : { secondsOff }),
});
export const gate = (name: string, scans: Scan[], changed: Partial<Case> = {}): Case => ({
  name,
  pinned: ['k1', 'k2'],
  denylist,
  manifest: [ticket],
  scans,
  ...changed,
});
