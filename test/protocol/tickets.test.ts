import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as v from 'valibot';
import {
  chooseTicket,
  consumes,
  purposes,
  refusalByHistory,
  Ticket,
  ticketKinds,
  type Place,
  type Purpose,
} from '../../widget/protocol/tickets.ts';

const now = 1_772_330_400;
const ticket: Ticket = {
  sub: 'day-pseudonym',
  id: 'ticket-1',
  kind: 'single',
  train: 'G1',
  from: 'beijing-south',
  to: 'shanghai-hongqiao',
  validFrom: now - 100,
  validUntil: now + 100,
};

/** The ids of the tickets that count, or the reason that none does. */
function chosen(tickets: Ticket[], purpose: Purpose, place: Partial<Place> = {}, at = now): string {
  const choice = chooseTicket(tickets, purpose, { station: ticket.from, lane: '1', ...place }, at);
  return choice.ok ? choice.tickets.map(({ id }) => id).join(' ') : choice.reason;
}

describe('R21: which ticket counts', () => {
  it('at an entry and at a check, one from this station', () => {
    for (const purpose of ['entry', 'check'] as const) {
      assert.equal(chosen([ticket], purpose), 'ticket-1');
      assert.equal(chosen([ticket], purpose, { station: ticket.to }), 'no-ticket');
    }
  });

  it('at an exit, one to this station', () => {
    assert.equal(chosen([ticket], 'exit', { station: ticket.to }), 'ticket-1');
    assert.equal(chosen([ticket], 'exit'), 'no-ticket');
  });

  it('on board, one for this train, wherever it is', () => {
    const place = { station: '', train: 'G1' };
    assert.equal(chosen([ticket], 'onboard', place), 'ticket-1');
    assert.equal(chosen([ticket], 'onboard', { ...place, train: 'G2' }), 'wrong-train');
  });

  it('at a counter, none: tickets are sold and changed there', () => {
    assert.equal(chosen([], 'counter'), '');
    assert.equal(chosen([ticket], 'counter'), '');
  });

  it('only within its time, the first second included and the last not', () => {
    for (const [at, expected] of [
      [ticket.validFrom - 1, 'no-ticket'],
      [ticket.validFrom, 'ticket-1'],
      [ticket.validUntil - 1, 'ticket-1'],
      [ticket.validUntil, 'no-ticket'],
    ] as const) {
      assert.equal(chosen([ticket], 'entry', {}, at), expected);
    }
  });

  it('at the gate of one train, the one for that train; at an open gate, any', () => {
    const other = { ...ticket, id: 'ticket-2', train: 'G3' };
    assert.equal(chosen([ticket, other], 'entry', { train: 'G3' }), 'ticket-2');
    assert.equal(chosen([ticket, other], 'entry', { train: 'G9' }), 'wrong-train');
    assert.equal(chosen([ticket, other], 'entry'), 'ticket-1 ticket-2');
  });

  it('of several, the one that ends first comes first, whatever order they came in', () => {
    const soon = { ...ticket, id: 'soon', validUntil: now + 1 };
    const late = { ...ticket, id: 'late', validUntil: now + 200 };
    assert.equal(chosen([late, ticket, soon], 'entry'), 'soon ticket-1 late');
    assert.equal(chosen([soon, ticket, late], 'entry'), 'soon ticket-1 late');
  });

  it('a ticket for elsewhere is no ticket here, rather than one for a wrong train', () => {
    assert.equal(chosen([ticket], 'entry', { station: 'x', train: 'G9' }), 'no-ticket');
    assert.equal(chosen([], 'entry', { train: 'G1' }), 'no-ticket');
  });
});

it('only entry and exit consume', () => {
  assert.deepEqual(purposes.filter(consumes), ['entry', 'exit']);
});

describe('R21: how often a ticket may be used', () => {
  const inside = { entries: 1, last: 'entry' } as const;
  const outside = { entries: 1, last: 'exit' } as const;
  const unused = { entries: 0, last: undefined };

  it('every kind enters when unused, and not twice in a row', () => {
    for (const kind of ticketKinds) {
      const of = { kind, rides: 5 };
      assert.equal(refusalByHistory(of, 'entry', unused), undefined, kind);
      assert.equal(refusalByHistory(of, 'entry', inside), 'already-entered', kind);
    }
  });

  it('every kind leaves once for each time it entered', () => {
    for (const kind of ticketKinds) {
      const of = { kind, rides: 5 };
      assert.equal(refusalByHistory(of, 'exit', inside), undefined, kind);
      assert.equal(refusalByHistory(of, 'exit', outside), 'not-entered', kind);
      assert.equal(refusalByHistory(of, 'exit', unused), 'not-entered', kind);
    }
  });

  it('a single ticket has one ride, a multi-ride ticket what it holds, a period ticket no limit', () => {
    const again = (kind: Ticket['kind'], entries: number, rides?: number) =>
      refusalByHistory({ kind, rides }, 'entry', { entries, last: 'exit' });
    assert.equal(again('single', 1), 'already-entered');
    assert.equal(again('single', 1, 5), 'already-entered');
    assert.equal(again('multi-ride', 4, 5), undefined);
    assert.equal(again('multi-ride', 5, 5), 'already-entered');
    assert.equal(again('multi-ride', 1), 'already-entered');
    assert.equal(again('period', 10_000), undefined);
  });
});

it('a ticket of a manifest has a known kind, and no rides rather than none', () => {
  assert.equal(v.is(Ticket, ticket), true);
  assert.equal(v.is(Ticket, { ...ticket, kind: 'multi-ride', rides: 20 }), true);
  for (const wrong of [
    { kind: 'season' },
    { rides: 0 },
    { rides: 1.5 },
    { sub: 7 },
    { train: null },
  ]) {
    assert.equal(v.is(Ticket, { ...ticket, ...wrong }), false, JSON.stringify(wrong));
  }
});
