import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkCode, type Question, type Verifier } from '../../../widget/protocol/code/check.ts';
import type { Reason } from '../../../widget/protocol/code/reasons.ts';
import { claims, entry, gate, mint, ticket } from './scene.ts';

const code = await mint();

/** The reason against a code, or `admitted`. */
async function answer(question: Question, verifier: Verifier): Promise<Reason | 'admitted'> {
  const verdict = await checkCode(question, verifier);
  return verdict.admitted ? 'admitted' : verdict.reason;
}
const answerOf = (question: Question, changed: Partial<Verifier> = {}) =>
  answer(question, gate(changed).verifier);

describe('R21: every purpose', () => {
  it('counter needs no ticket and shows none', async () => {
    const verdict = await checkCode(
      entry(code, { purpose: 'counter' }),
      gate({ ticketsOf: () => [] }).verifier,
    );
    assert.deepEqual(verdict, { admitted: true, claims, ticket: undefined });
  });

  it('counter, check and onboard consume nothing, however often they look', async () => {
    const { verifier, asked } = gate();
    for (const purpose of ['counter', 'check', 'onboard', 'counter', 'check', 'onboard'] as const) {
      assert.equal(await answer(entry(code, { purpose }), verifier), 'admitted', purpose);
    }
    assert.deepEqual(asked, []);
    assert.equal(await answer(entry(code), verifier), 'admitted');
    for (const purpose of ['counter', 'check', 'onboard'] as const) {
      assert.equal(await answer(entry(code, { purpose }), verifier), 'admitted', purpose);
    }
  });

  it('check and onboard need a ticket, onboard at any station', async () => {
    const place = { station: 'nanjing-south', lane: '1', train: 'G1' };
    assert.equal(await answerOf(entry(code, { purpose: 'check', place })), 'no-ticket');
    assert.equal(await answerOf(entry(code, { purpose: 'onboard', place })), 'admitted');
    const other = { ...place, train: 'G2' };
    assert.equal(await answerOf(entry(code, { purpose: 'onboard', place: other })), 'wrong-train');
  });

  it('only entry fails closed on an old denylist: nobody is locked in or put off the train', async () => {
    for (const purpose of ['counter', 'check', 'onboard'] as const) {
      assert.equal(await answerOf(entry(code, { purpose }), { denylist: undefined }), 'admitted');
    }
    const { verifier } = gate();
    assert.equal(await answer(entry(code), verifier), 'admitted');
    const exit = entry(code, { purpose: 'exit', place: { station: ticket.to, lane: '9' } });
    assert.equal(await answer(exit, { ...verifier, denylist: undefined }), 'admitted');
  });

  it('a holder of two tickets can use both at an open gate, the one that ends first in front', async () => {
    const later = { ...ticket, id: 'ticket-2', train: 'G3', validUntil: ticket.validUntil + 1 };
    const { verifier } = gate({ ticketsOf: () => [later, ticket] });
    const used: (string | undefined)[] = [];
    for (const counter of ['0', '1', '2']) {
      const verdict = await checkCode(entry(await mint({ jti: `Gr4nt-_0${counter}` })), verifier);
      used.push(verdict.admitted ? verdict.ticket?.id : verdict.reason);
    }
    assert.deepEqual(used, ['ticket-1', 'ticket-2', 'already-entered']);
  });

  it('a replayed code is refused before a second ticket is touched', async () => {
    const second = { ...ticket, id: 'ticket-2' };
    const { verifier, asked } = gate({ ticketsOf: () => [ticket, second] });
    assert.equal(await answer(entry(code), verifier), 'admitted');
    const place = { station: ticket.from, lane: '2' };
    assert.equal(await answer(entry(code, { place }), verifier), 'already-used');
    assert.deepEqual(
      asked.map((use) => use.ticket.id),
      ['ticket-1', 'ticket-1'],
    );
  });
});
