import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { checkCode, type Question, type Verifier } from '../../../widget/protocol/code/check.ts';
import type { Reason } from '../../../widget/protocol/code/reasons.ts';
import { entry, gate, mint, now, ticket } from './scene.ts';

const code = await mint();

/** The reason against a code, or `admitted`. */
async function answer(question: Question, verifier: Verifier): Promise<Reason | 'admitted'> {
  const verdict = await checkCode(question, verifier);
  return verdict.admitted ? 'admitted' : verdict.reason;
}

describe('B3: a gate’s clock may be wrong by 10 seconds, to the second', () => {
  for (const [at, expected, secondsOff] of [
    [now - 11, 'not-yet-valid', 11],
    [now - 10, 'admitted', undefined],
    [now + 60, 'admitted', undefined],
    [now + 69, 'admitted', undefined],
    [now + 70, 'expired', 10],
    [now + 71, 'expired', 11],
    [now + 3600, 'expired', 3540],
  ] as const) {
    it(`${at - now} s after the window opened: ${expected}`, async () => {
      const verdict = await checkCode(entry(code, { at }), gate().verifier);
      assert.equal(verdict.admitted ? 'admitted' : verdict.reason, expected);
      assert.equal(verdict.admitted ? undefined : verdict.secondsOff, secondsOff);
    });
  }

  it('the short last code ends by its own end', async () => {
    const short = await mint({ exp: now + 5 });
    assert.equal(await answer(entry(short, { at: now + 14 }), gate().verifier), 'admitted');
    assert.equal(await answer(entry(short, { at: now + 15 }), gate().verifier), 'expired');
  });
});

describe('scanners read twice', () => {
  const again = async (at: number, place: Question['place']): Promise<Reason | 'admitted'> => {
    const { verifier } = gate();
    assert.equal(await answer(entry(code), verifier), 'admitted');
    return answer(entry(code, { at, place }), verifier);
  };
  const lane = { station: ticket.from, lane: '1' };

  it('so the same lane repeats its verdict within 3 seconds', async () => {
    assert.equal(await again(now, lane), 'admitted');
    assert.equal(await again(now + 3, lane), 'admitted');
  });

  it('and not a second longer', async () =>
    assert.equal(await again(now + 4, lane), 'already-used'));

  it('and no other lane does, however its name is written', async () => {
    assert.equal(await again(now, { ...lane, lane: '2' }), 'already-used');
    const anyTicket = gate({
      ticketsOf: () => [
        { ...ticket, from: 'a b' },
        { ...ticket, from: 'a' },
      ],
    });
    const first = entry(code, { place: { station: 'a b', lane: 'c' } });
    const second = entry(code, { place: { station: 'a', lane: 'b c' } });
    assert.equal(await answer(first, anyTicket.verifier), 'admitted');
    assert.equal(await answer(second, anyTicket.verifier), 'already-used');
  });
});
