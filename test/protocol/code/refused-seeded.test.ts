import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { encodeBase64url } from '../../../widget/protocol/code/base64url.ts';
import { checkCode, type Question, type Verifier } from '../../../widget/protocol/code/check.ts';
import { claimsText, grantIdOf, headerText } from '../../../widget/protocol/code/claims.ts';
import { toQrText } from '../../../widget/protocol/code/qr-text.ts';
import { reasons, type Reason } from '../../../widget/protocol/code/reasons.ts';
import { policy } from '../../../widget/protocol/policy.ts';
import { purposes } from '../../../widget/protocol/tickets.ts';
import { seededRandom } from '../seeded-random.ts';
import { claims, entry, gate, kid, now, signTexts, strangersKeys, sub, ticket } from './scene.ts';

const random = seededRandom(11);
/** From `first` to `last`, both included. */
const between = (first: number, last: number): number => first + random.integer(last - first + 1);
/** The first number that is too much, or any beyond it. */
const beyond = (first: number): number => first + random.pick([0, random.integer(1_000_000)]);
const otherThan = (taken: string, make: () => string): string => {
  const made = make();
  return made === taken ? otherThan(taken, make) : made;
};
const anyId = (length: number): string =>
  encodeBase64url(random.bytes(length))
    .slice(0, length)
    .replaceAll(/[^0-9a-z]/g, 'x');

/** What a good code is spoiled in, once: the token, where it is shown, or the gate. */
interface Spoiled {
  header?: string;
  claims?: Partial<typeof claims>;
  privateKey?: CryptoKey;
  /** Takes the place of the signature. */
  signature?: (own: string) => string | Promise<string>;
  question?: Partial<Question>;
  verifier?: Partial<Verifier>;
  /** A use at another lane before. */
  usedBefore?: string;
}

const ownHeader = headerText(kid);
const typed = (typ: string): Spoiled => ({ header: ownHeader.replace('"bid"', `"${typ}"`) });
const signedAs = (alg: string): Spoiled => ({ header: ownHeader.replace('ES256', alg) });
/** The other tokens of the system first. */
const otherTypes =
  'bid-liveness+jwt bid-session+jwt bid-denylist+jwt bid-tickets+jwt dpop+jwt JWT BID bid-'.split(
    ' ',
  );
const otherAlgorithms =
  'none None HS256 HS512 RS256 PS256 ES384 ES512 ES256K EdDSA es256 ES256-'.split(' ');
const window = (nbf: number, exp: number): Spoiled => ({ claims: { nbf, exp } });
const at = (instant: number): Spoiled => ({ question: { at: instant } });
const holding = (change: Partial<typeof ticket>): Spoiled => ({
  verifier: { ticketsOf: () => [{ ...ticket, ...change }] },
});

/** 32 bytes of the order of P-256, which is no `r` and no `s`; nor is nothing, nor anything beyond. */
const order = Buffer.from(
  'ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551',
  'hex',
);
const edges = [Buffer.alloc(32), order, Buffer.alloc(32, 0xff)];

/** By the step of the check that refuses it, in the order of the contract. */
const kinds: [reason: Reason, kind: string, spoil: () => Spoiled][] = [
  ['malformed', 'too long', () => ({ signature: (own) => own + 'A'.repeat(between(800, 5_000)) })],
  [
    'malformed',
    'with another spelling of its last character',
    () => ({
      signature: (own) => {
        const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
        const value = alphabet.indexOf(own.slice(-1));
        return own.slice(0, -1) + alphabet.charAt(value + between(1, 15));
      },
    }),
  ],
  [
    'malformed',
    'with a signature of another length',
    () => ({
      signature: () => encodeBase64url(random.bytes(random.pick([0, 32, 63, 65, 70, 72, 96, 132]))),
    }),
  ],
  [
    'unsupported',
    'of another type',
    () => typed(random.pick([...otherTypes, otherThan('bid', () => anyId(between(1, 8)))])),
  ],
  [
    'unsupported',
    'of another algorithm',
    () => signedAs(random.pick([...otherAlgorithms, anyId(between(1, 8))])),
  ],
  [
    'unknown-key',
    'under the name of no pinned key',
    () => ({ header: headerText(otherThan(kid, () => anyId(between(1, 4)))) }),
  ],
  ['bad-signature', 'signed by a stranger', () => ({ privateKey: strangersKeys.privateKey })],
  [
    'bad-signature',
    'with the signature of another code',
    () => ({
      signature: async () => {
        const other = claimsText({ ...claims, jti: `Gr4nt-_0${between(1, 9)}` });
        return (await signTexts(ownHeader, other)).split('.')[2] ?? '';
      },
    }),
  ],
  [
    'bad-signature',
    'with a signature of the edges of what numbers there are',
    () => ({
      signature: () =>
        encodeBase64url(
          Buffer.concat(
            random.pick([
              [random.pick(edges), random.pick(edges)],
              [random.bytes(32), random.pick(edges)],
              [random.pick(edges), random.bytes(32)],
            ]),
          ),
        ),
    }),
  ],
  ['malformed', 'with too long a window', () => window(now, now + beyond(61))],
  ['malformed', 'with an empty or a turned window', () => window(now, now - beyond(0))],
  ['not-yet-valid', 'shown before its window', () => at(now - beyond(11))],
  ['expired', 'shown after its window', () => at(now + beyond(70))],
  [
    'revoked',
    'of a grant that was ended, whatever it is shown for',
    () => ({
      question: { purpose: random.pick(purposes) },
      verifier: {
        denylist: {
          revoked: new Set([anyId(8), grantIdOf(claims), anyId(8)]),
          issuedAt: now - random.integer(1_000_000),
        },
      },
    }),
  ],
  [
    'denylist-stale',
    'at an entry that has heard of no ended grants for too long, or never',
    () => ({
      verifier: {
        denylist: random.integer(2)
          ? undefined
          : {
              revoked: new Set<string>(),
              issuedAt: now - policy.denylistMaximumSeconds - beyond(1),
            },
      },
    }),
  ],
  [
    'no-ticket',
    'of a person without a ticket',
    () => ({
      claims: { sub: otherThan(sub, () => encodeBase64url(random.bytes(16))) },
      question: { purpose: random.pick(purposes.filter((purpose) => purpose !== 'counter')) },
    }),
  ],
  [
    'no-ticket',
    'at another station',
    () => ({
      question: {
        purpose: random.pick(['entry', 'check']),
        place: { station: anyId(6), lane: '1' },
      },
    }),
  ],
  ['no-ticket', 'at an exit of its origin', () => ({ question: { purpose: 'exit' } })],
  ['no-ticket', 'before the ticket counts', () => holding({ validFrom: now + beyond(1) })],
  ['no-ticket', 'after the ticket’s end', () => holding({ validUntil: now - beyond(0) })],
  [
    'wrong-train',
    'at the gate of another train',
    () => ({ question: { place: { station: ticket.from, lane: '1', train: anyId(4) } } }),
  ],
  ['already-used', 'used before at another lane', () => ({ usedBefore: claims.jti })],
  [
    'already-entered',
    'after another code of the same single ticket',
    () => ({ usedBefore: `Gr4nt-_0${between(1, 9)}` }),
  ],
  [
    'not-entered',
    'at the exit of one who never entered',
    () => ({ question: { purpose: 'exit', place: { station: ticket.to, lane: '1' } } }),
  ],
];

/** What the ledger itself refuses, it has to be asked about. */
const ledgersReasons: readonly Reason[] = ['already-used', 'already-entered', 'not-entered'];

async function refusal(expected: Reason, spoiled: Spoiled): Promise<void> {
  const made = await signTexts(
    spoiled.header ?? ownHeader,
    claimsText({ ...claims, ...spoiled.claims }),
    spoiled.privateKey,
  );
  const [header, payload, own = ''] = made.split('.');
  const code = `${header}.${payload}.${(await spoiled.signature?.(own)) ?? own}`;
  const { verifier, asked } = gate(spoiled.verifier);
  if (spoiled.usedBefore !== undefined) {
    const use = { jti: spoiled.usedBefore, purpose: 'entry', ticket, lane: 'another' } as const;
    await verifier.ledger.admit({ ...use, at: now - 60 });
    asked.pop();
  }
  const scanned = random.integer(2) ? code : toQrText(code);
  const verdict = await checkCode(entry(scanned, spoiled.question), verifier);
  assert.equal(verdict.admitted ? 'admitted' : verdict.reason, expected, code);
  assert.equal(asked.length, ledgersReasons.includes(expected) ? 1 : 0, 'the ledger was asked');
}

describe('a good code with one thing wrong, 100 times each, is refused for just that', () => {
  for (const [reason, kind, spoil] of kinds) {
    it(`${reason}: ${kind}`, async () => {
      for (let i = 0; i < 100; i++) await refusal(reason, spoil());
    });
  }

  it('and every reason of the list has such a code', () => {
    assert.deepEqual(new Set(kinds.map(([reason]) => reason)), new Set(reasons));
  });
});
