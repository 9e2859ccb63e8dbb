import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { checkCode } from '../../../widget/protocol/code/check.ts';
import {
  asEarlier,
  memoryLedger,
  refusalOfRepeat,
  type CodeUse,
  type UseRefusal,
} from '../../../widget/protocol/code/ledger.ts';
import { policy } from '../../../widget/protocol/policy.ts';
import type { Ticket } from '../../../widget/protocol/tickets.ts';
import { entry, gate, mint, now, ticket } from './scene.ts';

const single: Ticket = ticket;
const multiRide: Ticket = { ...ticket, id: 'multi', kind: 'multi-ride', rides: 2 };
const period: Ticket = { ...ticket, id: 'period', kind: 'period' };

let counter = 0;
const use = (changed: Partial<CodeUse> = {}): CodeUse => ({
  jti: `code-${counter++}`,
  purpose: 'entry',
  ticket: single,
  lane: 'lane 1',
  at: now,
  ...changed,
});

/** The answers to uses, one after the other. */
async function answers(uses: CodeUse[]): Promise<(UseRefusal | undefined)[]> {
  const ledger = memoryLedger(policy.repeatSeconds);
  const given: (UseRefusal | undefined)[] = [];
  for (const each of uses) given.push(await ledger.admit(each));
  return given;
}

const entering = (of: Ticket) => use({ ticket: of });
const leaving = (of: Ticket) => use({ ticket: of, purpose: 'exit' });

describe('R21: a ledger lets a ticket of each kind be used as it is sold', () => {
  it('a single ticket enters once and leaves once', async () => {
    assert.deepEqual(
      await answers([entering, entering, leaving, leaving, entering].map((make) => make(single))),
      [undefined, 'already-entered', undefined, 'not-entered', 'already-entered'],
    );
  });

  it('a multi-ride ticket enters as often as it holds rides, leaving in between', async () => {
    assert.deepEqual(
      await answers(
        [entering, entering, leaving, entering, leaving, entering].map((make) => make(multiRide)),
      ),
      [undefined, 'already-entered', undefined, undefined, undefined, 'already-entered'],
    );
  });

  it('a period ticket enters without end, leaving in between', async () => {
    const rides = Array.from({ length: 50 }, () => [entering(period), leaving(period)]).flat();
    assert.ok((await answers(rides)).every((refusal) => refusal === undefined));
    assert.deepEqual(await answers([entering(period), entering(period)]), [
      undefined,
      'already-entered',
    ]);
  });

  it('no ticket leaves that has not entered', async () => {
    for (const of of [single, multiRide, period]) {
      assert.deepEqual(await answers([leaving(of)]), ['not-entered']);
    }
  });

  it('tickets do not disturb each other', async () => {
    assert.deepEqual(await answers([entering(single), entering(period), entering(multiRide)]), [
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('B2: a ledger takes each code once for each purpose', () => {
  it('so a code that entered cannot enter again, even with another ticket', async () => {
    const first = use({ ticket: period });
    assert.deepEqual(await answers([first, { ...first, ticket: single, lane: 'lane 2' }]), [
      undefined,
      'already-used',
    ]);
  });

  it('and the same code can still leave', async () => {
    const first = use();
    assert.deepEqual(await answers([first, { ...first, purpose: 'exit', lane: 'lane 9' }]), [
      undefined,
      undefined,
    ]);
  });

  it('and a refused use is not written down', async () => {
    const inside = use();
    const refused = use();
    assert.deepEqual(await answers([inside, refused, { ...refused, ticket: period }]), [
      undefined,
      'already-entered',
      undefined,
    ]);
  });
});

describe('a repeat', () => {
  it('is the same lane within the policy’s seconds, whichever way the clock went', () => {
    const first = use();
    const again = (changed: Partial<CodeUse>) =>
      refusalOfRepeat(asEarlier(first), { ...first, ...changed }, 3);
    for (const [at, expected] of [
      [now - 4, 'already-used'],
      [now - 3, undefined],
      [now, undefined],
      [now + 3, undefined],
      [now + 4, 'already-used'],
    ] as const) {
      assert.equal(again({ at }), expected, String(at - now));
      assert.equal(again({ at, lane: 'lane 2' }), 'already-used');
    }
  });

  it('names the ticket that the first reading used, though another is tried before it', async () => {
    const used = { ...ticket, id: 'used up', validUntil: ticket.validUntil - 60 };
    const { verifier } = gate({ ticketsOf: () => [used, ticket] });
    await verifier.ledger.admit(use({ ticket: used }));
    const scanned = await mint();
    for (const at of [now, now + 1]) {
      const verdict = await checkCode(entry(scanned, { at }), verifier);
      assert.ok(verdict.admitted, 'admitted');
      assert.equal(verdict.ticket?.id, ticket.id);
    }
  });

  it('is counted from the first use, so that repeating does not prolong itself', async () => {
    const first = use();
    assert.deepEqual(await answers([first, { ...first, at: now + 2 }, { ...first, at: now + 4 }]), [
      undefined,
      undefined,
      'already-used',
    ]);
  });
});

/** Codes of one grant, of which the holder shows some and a relay shows some, perhaps the same ones. */
const codes = await Promise.all(['0', '1', '2'].map((each) => mint({ jti: `Gr4nt-_0${each}` })));

describe('the holder and a relay, however their readings fall together', () => {
  const showings = fc.array(fc.record({ code: fc.constantFrom(...codes), lane: fc.nat(5) }), {
    minLength: 2,
    maxLength: 12,
  });

  for (const shared of [single, multiRide, period]) {
    it(`enter once with a ${shared.kind} ticket: the second finds its holder inside`, async () => {
      await fc.assert(
        fc.asyncProperty(fc.scheduler(), showings, async (scheduler, shown) => {
          const { verifier } = gate({
            ticketsOf: () => scheduler.schedule(Promise.resolve([shared])),
          });
          const checks = shown.map(async ({ code, lane }, reader) => {
            // A lane each, so that no verdict is a repeat.
            const place = { station: ticket.from, lane: `${lane} ${reader}` };
            return checkCode(entry(code, { place }), verifier);
          });
          const [verdicts] = await Promise.all([
            Promise.all(checks),
            scheduler.waitFor(Promise.all(checks)),
          ]);
          assert.equal(verdicts.filter((verdict) => verdict.admitted).length, 1);
          for (const verdict of verdicts) {
            if (verdict.admitted) continue;
            assert.ok(['already-used', 'already-entered'].includes(verdict.reason));
          }
        }),
        { seed: 15, numRuns: 100 },
      );
    });
  }

  it('enter and leave by turns, and never more often than the ticket holds rides', async () => {
    const reading = fc.record({
      jti: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
      purpose: fc.constantFrom('entry', 'exit'),
      ticket: fc.constantFrom(single, multiRide, period),
      lane: fc.constantFrom('1', '2', '3'),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(reading, { maxLength: 30 }), async (readings) => {
        // Nothing counts as a repeat here: every reading is one of its own.
        const ledger = memoryLedger(-1);
        const admitted: CodeUse[] = [];
        await Promise.all(
          readings.map(async (each) => {
            const one = { ...each, at: now };
            if ((await ledger.admit(one)) === undefined) admitted.push(one);
          }),
        );
        const once = new Set(admitted.map(({ jti, purpose }) => `${jti} ${purpose}`));
        assert.equal(once.size, admitted.length, 'a code was taken twice for one purpose');
        for (const [of, rides] of [
          [single, 1],
          [multiRide, 2],
          [period, Infinity],
        ] as const) {
          const turns = admitted.filter((one) => one.ticket === of).map(({ purpose }) => purpose);
          for (const [index, turn] of turns.entries()) {
            assert.equal(turn, index % 2 === 0 ? 'entry' : 'exit');
          }
          assert.ok(turns.filter((turn) => turn === 'entry').length <= rides);
        }
      }),
      { seed: 16, numRuns: 500 },
    );
  });
});
