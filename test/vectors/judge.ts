import { checkCode, type Verdict, type Verifier } from '../../widget/protocol/code/check.ts';
import { memoryLedger } from '../../widget/protocol/code/ledger.ts';
import { reasonCodes } from '../../widget/protocol/code/reasons.ts';
import type { Case, Expected } from './gate-case.ts';
import type { Deck } from './make-vectors.ts';

/** Has the check judge a case of the deck, wherever it runs. @returns one answer for each scan */
export async function judge(deck: Deck, each: Case): Promise<Expected[]> {
  const verifier = await gateOf(deck, each);
  const answers: Expected[] = [];
  for (const { code, at, purpose, station, lane, train } of each.scans) {
    const { scanned } = deck.codes[code] ?? {};
    if (scanned === undefined) throw new Error(`The deck has no code “${code}”.`);
    const place = { station, lane, train: train ?? undefined };
    answers.push(asExpected(await checkCode({ scanned, purpose, place, at }, verifier)));
  }
  return answers;
}

async function gateOf(deck: Deck, { pinned, denylist, manifest }: Case): Promise<Verifier> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
  const keys = new Map<string, CryptoKey>();
  for (const { kid, kty, crv, x, y } of deck.keys.filter((key) => pinned.includes(key.kid))) {
    const jwk = { kty, crv, x, y };
    keys.set(kid, await crypto.subtle.importKey('jwk', jwk, algorithm, false, ['verify']));
  }
  return {
    keys,
    denylist: denylist
      ? { issuedAt: denylist.issuedAt, revoked: new Set(denylist.revoked) }
      : undefined,
    ticketsOf: (sub) => manifest.filter((ticket) => ticket.sub === sub),
    ledger: memoryLedger(deck.policy.repeatSeconds),
    policy: deck.policy,
  };
}

const asExpected = (verdict: Verdict): Expected =>
  verdict.admitted
    ? { admitted: true, ticket: verdict.ticket?.id ?? null }
    : { ...verdict, code: reasonCodes[verdict.reason] };
