import assert from 'node:assert/strict';
import { createPublicKey, verify as nodeVerify } from 'node:crypto';
import { it } from 'node:test';
import { encodeBase64url } from '../../widget/protocol/code/base64url.ts';
import { checkCode } from '../../widget/protocol/code/check.ts';
import { claimsText, headerText, type CodeClaims } from '../../widget/protocol/code/claims.ts';
import { fromQrText, toQrText } from '../../widget/protocol/code/qr-text.ts';
import { reasons } from '../../widget/protocol/code/reasons.ts';
import { policy } from '../../widget/protocol/policy.ts';
import {
  claims,
  entry,
  gate,
  keys,
  kid,
  now,
  signTexts,
  strangersKeys,
  sub,
} from '../protocol/code/scene.ts';
import { spoilingBy } from '../protocol/code/spoiling.ts';
import { seededRandom } from '../protocol/seeded-random.ts';

/** `FUZZ_SECONDS` and `FUZZ_SEED` for a shorter run, or for the same one again. */
const seconds = Number(process.env['FUZZ_SECONDS'] ?? 180);
const seed = Number(process.env['FUZZ_SEED'] ?? Date.now() % 1e9);
const random = seededRandom(seed);
const spoiling = spoilingBy(random);
const publicKey = createPublicKey({
  key: Buffer.from(await crypto.subtle.exportKey('spki', keys.publicKey)),
  format: 'der',
  type: 'spki',
});

/** Much more than any code has, and little enough to spoil again. */
const longest = 100_000;

/** What a code is made of before it is signed, so that spoiling can go on from what got far. */
interface Draft {
  header: string;
  payload: string;
  signer: CryptoKey;
  /** By name, what is done to the text that comes of it. */
  spoilText: string[];
}

const good: Draft = {
  header: headerText(kid),
  payload: claimsText(claims),
  signer: keys.privateKey,
  spoilText: [],
};

/** Claims of the right form whose values are at, near or far from every edge of the check. */
function otherClaims(): CodeClaims {
  const edges = [0, 1, -1, 9, 10, 11, 59, 60, 61, 69, 70, 71, 86_400, 1e14];
  const instant = (): number => Math.abs(now + random.pick([1, -1]) * random.pick(edges));
  const id = encodeBase64url(random.bytes(6));
  return {
    jti: random.pick([claims.jti, `${id}0`, `${id}zzzz`]),
    sub: random.pick([sub, sub, encodeBase64url(random.bytes(16))]),
    nbf: random.pick([claims.nbf, instant()]),
    exp: random.pick([claims.exp, instant()]),
  };
}

const changes: ((draft: Draft) => Draft)[] = [
  (draft) => ({ ...draft, header: random.pick(Object.values(spoiling.json))(draft.header) }),
  (draft) => ({ ...draft, payload: random.pick(Object.values(spoiling.json))(draft.payload) }),
  (draft) => ({ ...draft, payload: claimsText(otherClaims()) }),
  (draft) => ({ ...draft, signer: random.pick([keys.privateKey, strangersKeys.privateKey]) }),
  (draft) => ({
    ...draft,
    spoilText: [...draft.spoilText, random.pick(Object.keys(spoiling.text))].slice(-3),
  }),
];

async function textOf({ header, payload, signer, spoilText }: Draft): Promise<string> {
  const text = await signTexts(header, payload, signer);
  const spoiled = spoilText.reduce(
    (before, name) => spoiling.text[name]!(before).slice(0, longest),
    text,
  );
  return random.integer(2) && spoiled === text ? toQrText(text) : spoiled;
}

/** Whether a gate may let this in, found out without the code that is tried here. */
function mayEnter(scanned: string): boolean {
  const text = fromQrText(scanned);
  const [header = '', payload = '', signature = ''] = text.split('.');
  const read = (part: string): string => Buffer.from(part, 'base64url').toString();
  const said = JSON.parse(read(payload)) as CodeClaims;
  return (
    read(header) === `{"alg":"ES256","kid":"${kid}","typ":"bid"}` &&
    read(payload) === JSON.stringify({ jti: said.jti, sub, nbf: said.nbf, exp: said.exp }) &&
    [header, payload, signature].every(
      (part) => encodeBase64url(Buffer.from(part, 'base64url')) === part,
    ) &&
    nodeVerify(
      'sha256',
      Buffer.from(`${header}.${payload}`),
      { key: publicKey, dsaEncoding: 'ieee-p1363' },
      Buffer.from(signature, 'base64url'),
    ) &&
    said.exp > said.nbf &&
    said.exp - said.nbf <= policy.codeSeconds &&
    now >= said.nbf - policy.gateLeewaySeconds &&
    now < said.exp + policy.gateLeewaySeconds
  );
}

it(`the check refuses with a reason, admits nothing but true codes and never fails, for ${seconds} s (seed ${seed})`, async (test) => {
  // Spoiling goes on from a draft of each way that a check has ended: so it comes to every step.
  const reached = new Map<string, Draft[]>([['good', [good]]]);
  const counts = new Map<string, number>();
  let tried = 0;
  for (const end = Date.now() + seconds * 1000; Date.now() < end; tried++) {
    const from = random.pick(random.pick([...reached.values()]));
    let draft = from;
    for (let times = 1 + random.integer(3); times > 0; times--) draft = random.pick(changes)(draft);
    const scanned = await textOf(draft);
    const { verifier, asked } = gate();
    const verdict = await checkCode(entry(scanned, { at: now }), verifier).catch((error: unknown) =>
      assert.fail(`${String(error)} for ${JSON.stringify(scanned)}`),
    );
    const outcome = verdict.admitted ? 'admitted' : verdict.reason;
    if (verdict.admitted) assert.ok(mayEnter(scanned), `admitted: ${scanned}`);
    else {
      assert.ok(reasons.includes(verdict.reason));
      assert.deepEqual(asked, [], `a refused code reached the ledger: ${scanned}`);
    }
    counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
    const drafts = reached.get(outcome) ?? [];
    if (draft.header.length + draft.payload.length < 2000) drafts[random.integer(50)] = draft;
    reached.set(outcome, drafts.filter(Boolean));
  }
  test.diagnostic(`${tried} texts: ${[...counts].map((entry) => entry.join(' ')).join(', ')}`);
  for (const outcome of [
    'admitted',
    'malformed',
    'unsupported',
    'unknown-key',
    'bad-signature',
    'not-yet-valid',
    'expired',
    'no-ticket',
  ]) {
    assert.ok(counts.has(outcome), `${outcome} was never reached`);
  }
});
