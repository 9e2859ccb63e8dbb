import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { checkCode, type Verdict, type Verifier } from '../../widget/protocol/code/check.ts';
import { memoryLedger } from '../../widget/protocol/code/ledger.ts';
import { reasonCodes, reasons } from '../../widget/protocol/code/reasons.ts';
import type { Case, Expected } from './gate-case.ts';
import { deckFile, makeDeck, type Deck } from './make-vectors.ts';

const deck = JSON.parse(readFileSync(deckFile, 'utf8')) as Deck;

const keys = new Map<string, CryptoKey>();
for (const { kid, kty, crv, x, y } of deck.keys) {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
  keys.set(
    kid,
    await crypto.subtle.importKey('jwk', { kty, crv, x, y }, algorithm, false, ['verify']),
  );
}

const gateOf = ({ pinned, denylist, manifest }: Case): Verifier => ({
  keys: new Map([...keys].filter(([kid]) => pinned.includes(kid))),
  denylist: denylist
    ? { issuedAt: denylist.issuedAt, revoked: new Set(denylist.revoked) }
    : undefined,
  ticketsOf: (sub) => manifest.filter((ticket) => ticket.sub === sub),
  ledger: memoryLedger(deck.policy.repeatSeconds),
  policy: deck.policy,
});

const asExpected = (verdict: Verdict): Expected =>
  verdict.admitted
    ? { admitted: true, ticket: verdict.ticket?.id ?? null }
    : { ...verdict, code: reasonCodes[verdict.reason] };

describe('B12: the public test vectors', () => {
  for (const each of deck.cases) {
    it(`agree with the check: ${each.name}`, async () => {
      const verifier = gateOf(each);
      for (const { code, at, purpose, station, lane, train, expected } of each.scans) {
        const { scanned } = deck.codes[code] ?? {};
        assert.ok(scanned !== undefined, `the deck has no code “${code}”`);
        const place = { station, lane, train: train ?? undefined };
        const verdict = await checkCode({ scanned, purpose, place, at }, verifier);
        assert.deepEqual(asExpected(verdict), expected, `${code}, at ${at}`);
      }
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
