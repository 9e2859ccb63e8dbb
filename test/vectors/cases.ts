import { reasonCodes, type Reason } from '../../widget/protocol/code/reasons.ts';
import type { Purpose, Ticket } from '../../widget/protocol/tickets.ts';
import {
  badSignatureCodes,
  malformedCodes,
  midnight,
  now,
  otherSub,
  sub,
  subTomorrow,
  unknownKeyCodes,
  unsupportedCodes,
  type goodCodes,
} from './codes.ts';

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
const tomorrowToo = (own: Ticket): Ticket[] => [own, { ...own, sub: subTomorrow }];
const nightTicket = { ...ticket, validUntil: midnight + 3600 };
const laterTicket = { ...ticket, id: 'ticket-2', train: 'G3', validUntil: now + 3601 };
const denylist = { issuedAt: now, revoked: [] };
const revoked = { issuedAt: now, revoked: ['Gr4nt-_0'] };

type Given = Omit<Scan, 'expected' | 'code'>;
const entry: Given = { at: now, purpose: 'entry', station: ticket.from, lane: '1', train: null };
const exit: Given = { ...entry, purpose: 'exit', station: ticket.to };

type Code = keyof typeof goodCodes;
const scan = (code: Code, expected: Expected, given: Partial<Given> = {}): Scan => ({
  code,
  ...entry,
  ...given,
  expected,
});
const admitted = (id: string | null = ticket.id): Expected => ({ admitted: true, ticket: id });
const refused = (reason: Reason, secondsOff?: number): Expected => ({
  admitted: false,
  reason,
  code: reasonCodes[reason],
  ...(secondsOff === undefined ? {} : { secondsOff }),
});
const gate = (name: string, scans: Scan[], changed: Partial<Case> = {}): Case => ({
  name,
  pinned: ['k1', 'k2'],
  denylist,
  manifest: [ticket],
  scans,
  ...changed,
});

const refusedAsTheyAre = (codes: Record<string, unknown>, reason: Reason): Case[] =>
  Object.keys(codes).map((code) =>
    gate(`${reason}: ${code}`, [{ code, ...entry, expected: refused(reason) }]),
  );

const forms: Case[] = [
  gate('admitted: the digits of the QR', [scan('good', admitted())]),
  gate('admitted: the JWS itself', [scan('good, as JWS', admitted())]),
  gate('admitted: by the twin of its signature', [
    scan('good, by its signature’s twin', admitted()),
  ]),
  gate('admitted: a counter of four characters', [scan('longest counter', admitted())]),
  gate('key rotation: a code of the next key', [scan('of the next key', admitted())]),
  gate(
    'unknown-key: a gate without the next key',
    [scan('of the next key', refused('unknown-key'))],
    { pinned: ['k1'] },
  ),
  gate('unknown-key: a gate without keys', [scan('good', refused('unknown-key'))], { pinned: [] }),
  ...refusedAsTheyAre(malformedCodes, 'malformed'),
  ...refusedAsTheyAre(unsupportedCodes, 'unsupported'),
  ...refusedAsTheyAre(unknownKeyCodes, 'unknown-key'),
  ...refusedAsTheyAre(badSignatureCodes, 'bad-signature'),
];

const window: Case[] = [
  ...(
    [
      ['11 s early', now - 11, refused('not-yet-valid', 11)],
      ['10 s early', now - 10, admitted()],
      ['at its end', now + 60, admitted()],
      ['9 s late', now + 69, admitted()],
      ['10 s late', now + 70, refused('expired', 10)],
      ['an hour late', now + 3599, refused('expired', 3539)],
    ] as const
  ).map(([when, at, expected]) => gate(`window: ${when}`, [scan('good', expected, { at })])),
  gate('window: a short code ends by its own end', [
    scan('short last of a pack', refused('expired', 10), { at: now + 15 }),
    scan('short last of a pack', admitted(), { at: now + 14 }),
  ]),
  gate('order: expired before revoked', [scan('good', refused('expired', 10), { at: now + 70 })], {
    denylist: revoked,
  }),
];

const lists: Case[] = [
  ...(['entry', 'exit', 'counter', 'check', 'onboard'] as const).map((purpose) =>
    gate(`revoked: at ${purpose} too`, [scan('good', refused('revoked'), { purpose })], {
      denylist: revoked,
    }),
  ),
  gate('revoked: another grant alone', [scan('good', admitted())], {
    denylist: { issuedAt: now, revoked: ['Other-_0', 'Gr4nt-_'] },
  }),
  gate('denylist: 1,800 s old still counts', [scan('good', admitted())], {
    denylist: { issuedAt: now - 1800, revoked: [] },
  }),
  gate('denylist-stale: 1,801 s old', [scan('good', refused('denylist-stale'))], {
    denylist: { issuedAt: now - 1801, revoked: [] },
  }),
  gate('denylist-stale: none at all', [scan('good', refused('denylist-stale'))], {
    denylist: null,
  }),
  gate('denylist: one that is signed a little later than now', [scan('good', admitted())], {
    denylist: { issuedAt: now + 5, revoked: [] },
  }),
  gate('order: revoked before denylist-stale', [scan('good', refused('revoked'))], {
    denylist: { ...revoked, issuedAt: now - 1801 },
  }),
  gate('order: denylist-stale before no-ticket', [scan('good', refused('denylist-stale'))], {
    denylist: null,
    manifest: [],
  }),
  ...(['counter', 'check', 'onboard'] as const).map((purpose) =>
    gate(
      `denylist: none, and ${purpose} goes on`,
      [scan('good', admitted(purpose === 'counter' ? null : ticket.id), { purpose })],
      { denylist: null },
    ),
  ),
];

const tickets: Case[] = [
  gate('no-ticket: none', [scan('good', refused('no-ticket'))], { manifest: [] }),
  gate('no-ticket: another person’s', [scan('of another person', refused('no-ticket'))]),
  gate('no-ticket: from another station', [
    scan('good', refused('no-ticket'), { station: ticket.to }),
  ]),
  gate(
    'no-ticket: not valid yet, then valid from its first second',
    [scan('good', refused('no-ticket'), { at: now - 1 }), scan('good', admitted())],
    { manifest: [{ ...ticket, validFrom: now }] },
  ),
  gate(
    'no-ticket: at the second of its end',
    [
      scan('good', refused('no-ticket'), { at: now + 5 }),
      scan('good', admitted(), { at: now + 4 }),
    ],
    { manifest: [{ ...ticket, validUntil: now + 5 }] },
  ),
  gate('wrong-train, and then the right one: a refusal burns nothing', [
    scan('good', refused('wrong-train'), { train: 'G3' }),
    scan('good', admitted(), { train: 'G1' }),
  ]),
  gate(
    'two tickets, the gate’s train decides',
    [scan('good', admitted('ticket-2'), { train: 'G3' })],
    { manifest: [ticket, laterTicket] },
  ),
  gate(
    'two tickets at an open gate: the one that ends first, then the other',
    [
      scan('good', admitted()),
      scan('second of the pack', admitted('ticket-2'), { at: now + 60 }),
      scan('third', refused('already-entered'), { at: now + 120 }),
    ],
    { manifest: [laterTicket, ticket] },
  ),
  gate(
    'two tickets of one end: the one that stands first in the manifest',
    [scan('good', admitted('ticket-2'))],
    { manifest: [{ ...laterTicket, validUntil: ticket.validUntil }, ticket] },
  ),
  gate(
    'two tickets: a replay does not go on to the second',
    [scan('good', admitted()), scan('good', refused('already-used'), { lane: '2' })],
    { manifest: [ticket, laterTicket] },
  ),
];

const purposes: Case[] = [
  gate('counter asks for no ticket', [scan('good', admitted(null), { purpose: 'counter' })], {
    manifest: [],
  }),
  gate('check asks for a ticket from here', [
    scan('good', admitted(), { purpose: 'check' }),
    scan('good', refused('no-ticket'), { purpose: 'check', station: ticket.to }),
  ]),
  gate('onboard asks for the train, wherever it is', [
    scan('good', admitted(), { purpose: 'onboard', station: 'nanjing-south', train: 'G1' }),
    scan('good', refused('wrong-train'), { purpose: 'onboard', train: 'G3' }),
  ]),
  gate('counter, check and onboard use nothing up', [
    ...(['counter', 'check', 'onboard', 'counter', 'check', 'onboard'] as const).map((purpose) =>
      scan('good', admitted(purpose === 'counter' ? null : ticket.id), { purpose }),
    ),
    scan('good', admitted()),
    scan('good', admitted(), { purpose: 'onboard' }),
  ]),
  gate('one code enters and leaves', [scan('good', admitted()), scan('good', admitted(), exit)]),
  gate('exit asks for a ticket to here', [
    scan('good', admitted()),
    scan('good', refused('no-ticket'), { purpose: 'exit' }),
  ]),
  gate('not-entered: exit before entry', [scan('good', refused('not-entered'), exit)]),
  gate('not-entered: exit twice, by another code', [
    scan('good', admitted()),
    scan('second of the pack', admitted(), { ...exit, at: now + 60 }),
    scan('third', refused('not-entered'), { ...exit, at: now + 120 }),
  ]),
];

const used: Case[] = [
  gate('the same lane within 3 s repeats its verdict', [
    scan('good', admitted()),
    scan('good', admitted(), { at: now + 3 }),
    scan('good', refused('already-used'), { at: now + 4 }),
  ]),
  gate('repeat: 3 s backwards too', [
    scan('good', admitted(), { at: now + 10 }),
    scan('good', admitted(), { at: now + 7 }),
    scan('good', refused('already-used'), { at: now + 6 }),
  ]),
  gate('already-used: the next lane at once', [
    scan('good', admitted()),
    scan('good', refused('already-used'), { lane: '2' }),
  ]),
  gate(
    'already-used: station and lane are two things',
    [
      scan('good', admitted(), { station: 'a b', lane: 'c' }),
      scan('good', refused('already-used'), { station: 'a', lane: 'b c' }),
    ],
    {
      manifest: [
        { ...ticket, from: 'a b' },
        { ...ticket, from: 'a' },
      ],
    },
  ),
  gate('already-used: jti, not the text: the signature’s twin', [
    scan('good', admitted()),
    scan('good, by its signature’s twin', refused('already-used'), { lane: '2' }),
  ]),
  gate('already-used: jti, not the text: the JWS after its digits', [
    scan('good', admitted()),
    scan('good, as JWS', refused('already-used'), { at: now + 4 }),
  ]),
  gate('repeat: the twin at the same lane within 3 s', [
    scan('good', admitted()),
    scan('good, by its signature’s twin', admitted(), { at: now + 1 }),
  ]),
  gate('already-used: out by this code already', [
    scan('good', admitted()),
    scan('good', admitted(), { ...exit, at: now + 20 }),
    scan('good', refused('already-used'), { ...exit, at: now + 24 }),
  ]),
  gate('already-used before already-entered', [
    scan('good', admitted()),
    scan('good', refused('already-used'), { at: now + 30 }),
  ]),
  gate('already-entered: the holder’s next code after a relayed one', [
    scan('good', admitted()),
    scan('second of the pack', refused('already-entered'), { at: now + 60 }),
  ]),
  gate('already-entered: a single ticket, left with and again', [
    scan('good', admitted()),
    scan('good', admitted(), { ...exit, at: now + 30 }),
    scan('second of the pack', refused('already-entered'), { at: now + 60 }),
  ]),
  gate(
    'already-entered: across midnight, under tomorrow’s pseudonym',
    [
      scan('before midnight', admitted(), { at: midnight - 30 }),
      scan('after midnight', refused('already-entered'), { at: midnight + 30 }),
    ],
    { denylist: { issuedAt: midnight, revoked: [] }, manifest: tomorrowToo(nightTicket) },
  ),
  gate(
    'multi-ride: two rides, each left with, and no third',
    [
      scan('good', admitted()),
      scan('good', admitted(), { ...exit, at: now + 30 }),
      scan('second of the pack', admitted(), { at: now + 60 }),
      scan('second of the pack', admitted(), { ...exit, at: now + 90 }),
      scan('third', refused('already-entered'), { at: now + 120 }),
    ],
    { manifest: [{ ...ticket, kind: 'multi-ride', rides: 2 }] },
  ),
  gate(
    'multi-ride: not entered with twice on end',
    [
      scan('good', admitted()),
      scan('second of the pack', refused('already-entered'), { at: now + 60 }),
    ],
    { manifest: [{ ...ticket, kind: 'multi-ride', rides: 2 }] },
  ),
  gate(
    'period: as often as one likes, each left with',
    [
      scan('good', admitted()),
      scan('good', admitted(), { ...exit, at: now + 30 }),
      scan('second of the pack', admitted(), { at: now + 60 }),
      scan('second of the pack', admitted(), { ...exit, at: now + 90 }),
      scan('third', admitted(), { at: now + 120 }),
      scan('fourth', refused('already-entered'), { at: now + 180 }),
    ],
    { manifest: [{ ...ticket, kind: 'period' }] },
  ),
  gate(
    'two persons’ tickets do not touch each other',
    [scan('good', admitted()), scan('of another person', admitted('ticket-9'), { at: now + 1 })],
    { manifest: [ticket, { ...ticket, sub: otherSub, id: 'ticket-9' }] },
  ),
];

export const cases: Case[] = [...forms, ...window, ...lists, ...tickets, ...purposes, ...used];
