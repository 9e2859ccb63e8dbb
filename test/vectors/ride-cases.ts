import type { Ticket } from '../../widget/protocol/tickets.ts';
import { midnight, now, otherSub, subTomorrow } from './codes.ts';
import { admitted, exit, gate, refused, scan, ticket, type Case } from './gate-case.ts';

const tomorrowToo = (own: Ticket): Ticket[] => [own, { ...own, sub: subTomorrow }];
const nightTicket = { ...ticket, validUntil: midnight + 3600 };
const laterTicket = { ...ticket, id: 'ticket-2', train: 'G3', validUntil: now + 3601 };

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
  gate(
    'two tickets, the first used up: a scanner that reads twice hears of the second twice',
    [
      scan('good', admitted()),
      scan('second of the pack', admitted('ticket-2'), { at: now + 60 }),
      scan('second of the pack', admitted('ticket-2'), { at: now + 61 }),
    ],
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

/** What a code has opened before, and with which ticket. */
export const rideCases: Case[] = [...tickets, ...purposes, ...used];
