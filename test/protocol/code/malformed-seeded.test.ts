import assert from 'node:assert/strict';
import { it } from 'node:test';
import { checkCode } from '../../../widget/protocol/code/check.ts';
import { claimsText, headerText } from '../../../widget/protocol/code/claims.ts';
import { toQrText } from '../../../widget/protocol/code/qr-text.ts';
import { reasons, type Reason } from '../../../widget/protocol/code/reasons.ts';
import { seededRandom } from '../seeded-random.ts';
import { claims, entry, gate, kid, mint, now, signTexts } from './scene.ts';
import { spoilingBy } from './spoiling.ts';

const random = seededRandom(9);
const code = await mint();
const digits = toQrText(code);
const spoiling = spoilingBy(random);

const ownHeader = headerText(kid);
const ownClaims = claimsText(claims);

/** One spoiled text; where spoiling left it as it was, another one. */
async function spoiled(): Promise<string> {
  const kind = random.integer(3);
  if (kind === 0) {
    const text = random.pick(Object.values(spoiling.text))(code);
    return text === code || text === digits ? spoiled() : text;
  }
  const spoil = random.pick(Object.values(spoiling.json));
  const [newHeader, newClaims] =
    kind === 1 ? [spoil(ownHeader), ownClaims] : [ownHeader, spoil(ownClaims)];
  if (newHeader === ownHeader && newClaims === ownClaims) return spoiled();
  const text = await signTexts(newHeader, newClaims);
  return random.integer(2) ? text : toQrText(text);
}

it('20,000 spoiled texts are each refused with a reason of the list, and none reaches the ledger', async () => {
  const { verifier, asked } = gate();
  const counts = new Map<Reason, number>();
  for (let done = 0; done < 20_000; done += 200) {
    const texts: string[] = [];
    for (let i = 0; i < 200; i++) texts.push(await spoiled());
    const verdicts = await Promise.all(
      texts.map((text) => checkCode(entry(text, { at: now }), verifier)),
    );
    for (const [index, verdict] of verdicts.entries()) {
      assert.ok(!verdict.admitted, `admitted: ${texts[index]}`);
      assert.ok(reasons.includes(verdict.reason));
      counts.set(verdict.reason, (counts.get(verdict.reason) ?? 0) + 1);
    }
  }
  assert.deepEqual(asked, []);
  // Were the spoiling so coarse that one early rule caught all of it, the later ones would go untried.
  for (const reason of ['malformed', 'unsupported', 'unknown-key', 'bad-signature'] as const) {
    assert.ok((counts.get(reason) ?? 0) > 100, `${reason}: ${counts.get(reason)}`);
  }
});
