import assert from 'node:assert/strict';
import { it } from 'node:test';
import { checkCode, type Question, type Verifier } from '../../../widget/protocol/code/check.ts';
import { claimsText, headerText } from '../../../widget/protocol/code/claims.ts';
import type { Reason } from '../../../widget/protocol/code/reasons.ts';
import { policy } from '../../../widget/protocol/policy.ts';
import type { Ticket } from '../../../widget/protocol/tickets.ts';
import { claims, entry, gate, keys, kid, now, signTexts, strangersKeys, ticket } from './scene.ts';

/** A gate about to read a code. Each fault spoils one thing of it and leaves the others. */
interface Scene {
  header: string;
  claims: typeof claims;
  /** Follows the last claim. */
  extra: string;
  privateKey: CryptoKey;
  /** Follows the signature. */
  tail: string;
  question: Partial<Question>;
  verifier: Partial<Verifier>;
  /** Uses at another lane before. */
  usedBefore: { jti: string; ticket: Ticket }[];
}

const scene = (): Scene => ({
  header: headerText(kid),
  claims: { ...claims },
  extra: '',
  privateKey: keys.privateKey,
  tail: '',
  question: {},
  verifier: {},
  usedBefore: [],
});

/** In the order of the contract (`protocol.md`, the gate's check). */
const faults: { fault: string; reason: Reason; spoil: (scene: Scene) => void }[] = [
  {
    fault: 'too long',
    reason: 'malformed',
    spoil: (s) => (s.tail += 'A'.repeat(1024)),
  },
  {
    fault: 'not canonical',
    reason: 'malformed',
    spoil: (s) => (s.tail += '='),
  },
  {
    fault: 'of another type',
    reason: 'unsupported',
    spoil: (s) => (s.header = s.header.replace('"bid"', '"bid-session+jwt"')),
  },
  {
    fault: 'under an unknown key',
    reason: 'unknown-key',
    spoil: (s) => (s.header = s.header.replace('"k1"', '"k9"')),
  },
  {
    fault: 'signed by a stranger',
    reason: 'bad-signature',
    spoil: (s) => (s.privateKey = strangersKeys.privateKey),
  },
  {
    fault: 'with a claim too many',
    reason: 'malformed',
    spoil: (s) => (s.extra = ',"aud":"x"'),
  },
  {
    fault: 'with too long a window',
    reason: 'malformed',
    spoil: (s) => (s.claims.exp = s.claims.nbf + 61),
  },
  {
    fault: 'expired',
    reason: 'expired',
    spoil: (s) => {
      s.claims.nbf -= 3600;
      s.claims.exp -= 3600;
    },
  },
  {
    fault: 'revoked',
    reason: 'revoked',
    spoil: (s) => {
      const issuedAt = s.verifier.denylist?.issuedAt ?? now;
      s.verifier.denylist = { revoked: new Set([claims.jti.slice(0, 8)]), issuedAt };
    },
  },
  {
    fault: 'before an old denylist',
    reason: 'denylist-stale',
    spoil: (s) => {
      const revoked = s.verifier.denylist?.revoked ?? new Set<string>();
      s.verifier.denylist = { revoked, issuedAt: now - policy.denylistMaximumSeconds - 1 };
    },
  },
  {
    fault: 'for another train',
    reason: 'wrong-train',
    spoil: (s) => (s.question.place = { station: ticket.from, lane: '1', train: 'G2' }),
  },
  {
    fault: 'used before',
    reason: 'already-used',
    spoil: (s) => s.usedBefore.push({ jti: claims.jti, ticket: { ...ticket, id: 'other' } }),
  },
  {
    fault: 'of a ticket that is inside',
    reason: 'already-entered',
    spoil: (s) => s.usedBefore.push({ jti: 'another_0', ticket }),
  },
];

async function reasonAgainst(spoiled: Scene): Promise<Reason | 'admitted'> {
  const { verifier } = gate(spoiled.verifier);
  for (const use of spoiled.usedBefore) {
    await verifier.ledger.admit({ ...use, purpose: 'entry', lane: 'elsewhere', at: now });
  }
  const payload = claimsText(spoiled.claims).replace('}', `${spoiled.extra}}`);
  const text = await signTexts(spoiled.header, payload, spoiled.privateKey);
  const verdict = await checkCode(entry(text + spoiled.tail, spoiled.question), verifier);
  return verdict.admitted ? 'admitted' : verdict.reason;
}

it('the scene without a fault is admitted', async () => {
  assert.equal(await reasonAgainst(scene()), 'admitted');
});

for (const [index, first] of faults.entries()) {
  it(`a code ${first.fault} is refused as ${first.reason}, whatever else is wrong with it later on`, async () => {
    const alone = scene();
    first.spoil(alone);
    assert.equal(await reasonAgainst(alone), first.reason);
    for (const second of faults.slice(index + 1)) {
      const both = scene();
      // The later fault is made first, so that the order of making them plays no part.
      second.spoil(both);
      first.spoil(both);
      assert.equal(await reasonAgainst(both), first.reason, `and ${second.fault}`);
    }
  });
}
