import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { reasons } from '../../widget/protocol/code/reasons.ts';
import { judge } from './judge.ts';
import { deckFile, makeDeck, type Deck } from './make-vectors.ts';

const deck = JSON.parse(readFileSync(deckFile, 'utf8')) as Deck;

describe('B12: the public test vectors', () => {
  for (const each of deck.cases) {
    it(`agree with the check: ${each.name}`, async () => {
      assert.deepEqual(
        await judge(deck, each),
        each.scans.map(({ expected }) => expected),
      );
    });
  }

  it('have a case for each reason of the list, with its two characters, and use each code', () => {
    const expected = deck.cases.flatMap(({ scans }) => scans.map((scan) => scan.expected));
    const shown = expected.flatMap((each) => (each.admitted ? [] : [each.reason]));
    assert.deepEqual(new Set(shown), new Set(reasons));
    const used = new Set(deck.cases.flatMap(({ scans }) => scans.map(({ code }) => code)));
    assert.deepEqual(used, new Set(Object.keys(deck.codes)));
    assert.equal(new Set(deck.cases.map(({ name }) => name)).size, deck.cases.length);
  });

  it('stand in the repository as they are made; if not, run make-vectors.ts', () => {
    assert.deepEqual(deck, makeDeck());
  });
});
