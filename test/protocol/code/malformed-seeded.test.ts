import assert from 'node:assert/strict';
import { it } from 'node:test';
import { bytesOf } from '../../../widget/protocol/code/ascii.ts';
import { encodeBase64url } from '../../../widget/protocol/code/base64url.ts';
import { checkCode } from '../../../widget/protocol/code/check.ts';
import { claimsText, headerText } from '../../../widget/protocol/code/claims.ts';
import { toQrText } from '../../../widget/protocol/code/qr-text.ts';
import { reasons, type Reason } from '../../../widget/protocol/code/reasons.ts';
import { seededRandom } from '../seeded-random.ts';
import { claims, entry, gate, kid, mint, now, signTexts } from './scene.ts';

const random = seededRandom(9);
const code = await mint();
const digits = toQrText(code);
const [header = '', payload = '', signature = ''] = code.split('.');

const putIn = (text: string, piece: string, over = 0): string => {
  const place = random.integer(text.length + 1);
  return text.slice(0, place) + piece + text.slice(place + over);
};
const anyCharacter = (): string => String.fromCharCode(random.integer(random.pick([128, 65_536])));
const shuffled = <T>(items: readonly T[]): T[] =>
  items
    .map((item) => ({ item, key: random.integer(1e9) }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
const partsOf = (bytes: () => string): string =>
  [header, payload, signature].map((part) => (random.integer(2) ? part : bytes())).join('.');
const anyKid = (): string => encodeBase64url(random.bytes(1 + random.integer(2)));
const anySegment = (): string => encodeBase64url(random.bytes(random.integer(120)));

/** Every way of spoiling a text that was a code. */
const spoilText: Record<string, () => string> = {
  'a bit flipped': () => {
    const place = random.integer(code.length);
    const flipped = code.charCodeAt(place) ^ (1 << random.integer(7));
    return code.slice(0, place) + String.fromCharCode(flipped) + code.slice(place + 1);
  },
  'a digit changed': () => putIn(digits.slice(0, -1), String(random.integer(10)), 1),
  'cut off': () => code.slice(0, random.integer(code.length)),
  'digits cut off': () => digits.slice(0, random.integer(digits.length)),
  'begun late': () => code.slice(1 + random.integer(code.length - 1)),
  padded: () =>
    [header, payload, signature].map((part) => part + '='.repeat(random.integer(3))).join('.') +
    '=',
  'white space': () =>
    putIn(code, random.pick([' ', '\n', '\t', '\r\n', '\u00A0', '\u3000', '\u200B'])),
  'any character put in': () => putIn(code, anyCharacter()),
  'any character changed': () => putIn(code, anyCharacter(), 1),
  'another key named': () =>
    `${encodeBase64url(bytesOf(headerText(anyKid())))}.${payload}.${signature}`,
  'parts exchanged': () => shuffled([header, payload, signature, signature]).join('.'),
  'parts added': () => code + `.${anySegment()}`.repeat(1 + random.integer(5)),
  'parts of noise': () => partsOf(anySegment),
  noise: () => Array.from({ length: random.integer(400) }, anyCharacter).join(''),
  'noise in digits': () =>
    Array.from({ length: random.integer(600) }, () => random.integer(10)).join(''),
  'much of it': () => code.repeat(2 + random.integer(2000)),
};

/** Every way of spoiling JSON, by those who can sign. */
const spoilJson: Record<string, (json: string) => string> = {
  'a member twice': (json) => {
    const member = random.pick(json.slice(1, -1).split(','));
    return random.integer(2) ? `{${member},${json.slice(1)}` : `${json.slice(0, -1)},${member}}`;
  },
  'members in another order': (json) => `{${shuffled(json.slice(1, -1).split(',')).join(',')}}`,
  'a member less': (json) => {
    const members = json.slice(1, -1).split(',');
    members.splice(random.integer(members.length), 1);
    return `{${members.join(',')}}`;
  },
  'a member more': (json) => {
    const name = random.pick([
      'crit',
      'jwk',
      'jku',
      'x5c',
      'b64',
      'name',
      '__proto__',
      'constructor',
      '',
    ]);
    const value = random.pick(['1', 'null', '[]', '{}', '"x"', '{"toString":1}', '[[[[[[]]]]]]']);
    return `${json.slice(0, -1)},"${name}":${value}}`;
  },
  'white space': (json) => putIn(json, random.pick([' ', '\n', '\t', '\r'])),
  'an escape': (json) => {
    const place = random.pick(Array.from(json.matchAll(/\w/g), ({ index }) => index));
    const escape = `\\u${json.charCodeAt(place).toString(16).padStart(4, '0')}`;
    return json.slice(0, place) + escape + json.slice(place + 1);
  },
  'a number in another form': (json) =>
    json.replace(/\d{10}/, (n) =>
      random.pick([
        `${n}.0`,
        `${n}e0`,
        `0${n}`,
        `+${n}`,
        `-${n}`,
        `"${n}"`,
        `${n}.5`,
        '1e9',
        '1E999',
        `[${n}]`,
      ]),
    ),
  // A letter or a digit more could make another good code of it, truly signed.
  'any other character put in': (json) => putIn(json, anyCharacter().replace(/[\w-]/, '/')),
  'a character gone': (json) => putIn(json.slice(0, -1), '', 1),
  nested: (json) => {
    const depth = 1 + random.integer(40);
    return `${'['.repeat(depth)}${json}${']'.repeat(depth)}`;
  },
  'a value of another type': (json) =>
    json.replace(random.pick(json.match(/"[^"]*"(?=[,}])/g) ?? []), () =>
      random.pick(['1', 'true', 'null', '[]', '{}']),
    ),
};

const ownHeader = headerText(kid);
const ownClaims = claimsText(claims);

/** One spoiled text; where spoiling left it as it was, another one. */
async function spoiled(): Promise<string> {
  const kind = random.integer(3);
  if (kind === 0) {
    const text = random.pick(Object.values(spoilText))();
    return text === code || text === digits ? spoiled() : text;
  }
  const spoil = random.pick(Object.values(spoilJson));
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
