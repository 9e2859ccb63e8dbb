import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  checkCode,
  isStale,
  type Question,
  type Verifier,
} from '../../../widget/protocol/code/check.ts';
import { claimsText, headerText } from '../../../widget/protocol/code/claims.ts';
import { toQrText } from '../../../widget/protocol/code/qr-text.ts';
import { reasonCodes, reasons, type Reason } from '../../../widget/protocol/code/reasons.ts';
import { policy } from '../../../widget/protocol/policy.ts';
import { purposes, type Ticket } from '../../../widget/protocol/tickets.ts';
import {
  claims,
  entry,
  freshDenylist,
  gate,
  keys,
  kid,
  mint,
  now,
  signTexts,
  strangersKeys,
  sub,
  ticket,
} from './scene.ts';

const code = await mint();

/** The reason against a code, or `admitted`. */
async function answer(question: Question, verifier: Verifier): Promise<Reason | 'admitted'> {
  const verdict = await checkCode(question, verifier);
  return verdict.admitted ? 'admitted' : verdict.reason;
}
const answerOf = (question: Question, changed: Partial<Verifier> = {}) =>
  answer(question, gate(changed).verifier);

describe('B2: a code is admitted', () => {
  it('with nothing but public keys, a denylist and a manifest, and its claims and ticket are told', async () => {
    assert.deepEqual(await checkCode(entry(code), gate().verifier), {
      admitted: true,
      claims,
      ticket,
    });
  });

  it('as the digits of the QR as well as in plain text', async () => {
    assert.equal(await answerOf(entry(toQrText(code))), 'admitted');
  });

  it('when its last window is short', async () => {
    const short = await mint({ exp: now + 1 });
    assert.equal(await answerOf(entry(short)), 'admitted');
  });

  it('when tickets come from a slow source', async () => {
    assert.equal(await answerOf(entry(code), { ticketsOf: async () => [ticket] }), 'admitted');
  });
});

describe('a code is refused, and burns nothing', () => {
  /** Refused for the reason, with nothing written down: once the fault is gone the code is admitted. */
  async function refused(
    reason: Reason,
    question: Question,
    changed: Partial<Verifier> = {},
  ): Promise<void> {
    const { verifier, asked } = gate(changed);
    assert.equal(await answer(question, verifier), reason);
    assert.deepEqual(asked, [], 'the ledger was asked');
  }

  it('as malformed, when it is not even a JWS', () => refused('malformed', entry('hello')));

  it('as malformed, when its claims are not exactly those of a code', async () => {
    const text = claimsText(claims).replace('}', ',"name":"x"}');
    await refused('malformed', entry(await signTexts(headerText(kid), text)));
  });

  it('as malformed, when its window is longer than the policy’s, empty or turned round', async () => {
    for (const exp of [now + 61, now, now - 1]) {
      await refused('malformed', entry(await mint({ exp })));
    }
  });

  it('as unsupported, when it is a token of another kind, even by the same key', async () => {
    const header = '{"alg":"ES256","kid":"k1","typ":"bid-tickets+jwt"}';
    await refused('unsupported', entry(await signTexts(header, claimsText(claims))));
  });

  it('as of an unknown key, when no pinned key has its name', async () => {
    await refused('unknown-key', entry(code), { keys: new Map([['k2', keys.publicKey]]) });
  });

  it('as badly signed, when somebody else signed it under the issuer’s key name', async () => {
    const forged = await signTexts(headerText(kid), claimsText(claims), strangersKeys.privateKey);
    await refused('bad-signature', entry(forged));
  });

  it('as badly signed, when a claim was changed after signing', async () => {
    const [header, , signature] = code.split('.');
    const later = (await mint({ exp: now + 59 })).split('.')[1];
    await refused('bad-signature', entry(`${header}.${later}.${signature}`));
  });

  it('as not yet valid, before its window', () =>
    refused('not-yet-valid', entry(code, { at: now - 11 })));

  it('as expired, after its window', () => refused('expired', entry(code, { at: now + 70 })));

  it('as revoked, when its grant is on the denylist', async () => {
    const denylist = { revoked: new Set([claims.jti.slice(0, 8)]), issuedAt: now };
    for (const purpose of purposes) {
      await refused('revoked', entry(code, { purpose }), { denylist });
    }
  });

  it('at entry, when the denylist is too old or there is none', async () => {
    const issuedAt = now - policy.denylistMaximumSeconds - 1;
    await refused('denylist-stale', entry(code), { denylist: { ...freshDenylist, issuedAt } });
    await refused('denylist-stale', entry(code), { denylist: undefined });
  });

  it('without a ticket, or with one of another person, time or station', async () => {
    await refused('no-ticket', entry(code), { ticketsOf: () => [] });
    await refused('no-ticket', entry(await mint({ sub: `${sub.slice(0, 21)}A` })));
    for (const changed of [
      { validFrom: now + 1 },
      { validUntil: now },
      { from: 'tianjin-west' },
    ] satisfies Partial<Ticket>[]) {
      await refused('no-ticket', entry(code), { ticketsOf: () => [{ ...ticket, ...changed }] });
    }
  });

  it('for another train than this gate boards', () =>
    refused(
      'wrong-train',
      entry(code, { place: { station: ticket.from, lane: '1', train: 'G2' } }),
    ));

  it('so that the same code is admitted as soon as the fault is gone', async () => {
    const { verifier } = gate();
    assert.equal(await answer(entry(code, { at: now - 60 }), verifier), 'not-yet-valid');
    const elsewhere = { station: 'tianjin-west', lane: '1' };
    assert.equal(await answer(entry(code, { place: elsewhere }), verifier), 'no-ticket');
    assert.equal(await answer(entry(code, { purpose: 'exit' }), verifier), 'no-ticket');
    assert.equal(await answer(entry(`${code}=`), verifier), 'malformed');
    assert.equal(await answer(entry(code), verifier), 'admitted');
  });

  it('as not entered, at an exit that nobody entered for; entering and leaving still work', async () => {
    const { verifier } = gate();
    const exit = { purpose: 'exit', place: { station: ticket.to, lane: '9' } } as const;
    assert.equal(await answer(entry(code, exit), verifier), 'not-entered');
    assert.equal(await answer(entry(code), verifier), 'admitted');
    assert.equal(await answer(entry(code, exit), verifier), 'admitted');
  });

  it('as already used, a second time at another lane', async () => {
    const { verifier } = gate();
    assert.equal(await answer(entry(code), verifier), 'admitted');
    const place = { station: ticket.from, lane: '2' };
    assert.equal(await answer(entry(code, { place }), verifier), 'already-used');
  });

  it('as already entered, with the next code of the same single ticket, even after midnight', async () => {
    const tomorrow = `${sub.slice(0, 20)}AA`;
    const { verifier } = gate({ ticketsOf: () => [ticket] });
    assert.equal(await answer(entry(code), verifier), 'admitted');
    const next = await mint({ jti: 'Gr4nt-_01', sub: tomorrow });
    assert.equal(await answer(entry(next), verifier), 'already-entered');
  });
});

it('a denylist is trusted up to its greatest age, and not a second longer', () => {
  const oldest = policy.denylistMaximumSeconds;
  assert.equal(isStale(freshDenylist, now + oldest, policy), false);
  assert.equal(isStale(freshDenylist, now + oldest + 1, policy), true);
  assert.equal(isStale(undefined, now, policy), true);
});

it('B10: every reason has two characters of its own, none of which can be mistaken', () => {
  const codes = reasons.map((reason) => reasonCodes[reason]);
  assert.equal(reasons.length, 13);
  assert.equal(new Set(codes).size, codes.length);
  for (const characters of codes) assert.match(characters, /^[A-HJ-NP-Z][2-9]$/);
});
