import { bytesOf } from '../../../widget/protocol/code/ascii.ts';
import { encodeBase64url } from '../../../widget/protocol/code/base64url.ts';
import { headerText } from '../../../widget/protocol/code/claims.ts';
import { toQrText } from '../../../widget/protocol/code/qr-text.ts';
import type { SeededRandom } from '../seeded-random.ts';

/** Ways of spoiling a code, by name. What comes out may by chance be what went in. */
export interface Spoiling {
  /** A text that was a code, by whoever can write. */
  text: Record<string, (code: string) => string>;
  /** Its header or claims as JSON, by those who can sign. */
  json: Record<string, (json: string) => string>;
}

/** The digits of what a code is made of; of anything else, the text itself. */
const digitsOf = (text: string): string => (/^[\w.-]*$/.test(text) ? toQrText(text) : text);

export function spoilingBy(random: SeededRandom): Spoiling {
  const putIn = (text: string, piece: string, over = 0): string => {
    const place = random.integer(text.length + 1);
    return text.slice(0, place) + piece + text.slice(place + over);
  };
  const anyCharacter = (): string =>
    String.fromCharCode(random.integer(random.pick([128, 65_536])));
  const shuffled = <T>(items: readonly T[]): T[] =>
    items
      .map((item) => ({ item, key: random.integer(1e9) }))
      .sort((a, b) => a.key - b.key)
      .map(({ item }) => item);
  const anyKid = (): string => encodeBase64url(random.bytes(1 + random.integer(2)));
  const anySegment = (): string => encodeBase64url(random.bytes(random.integer(120)));

  /** Every way of spoiling a text that was a code. */
  const text: Spoiling['text'] = {
    'a bit flipped': (code) => {
      const place = random.integer(code.length);
      const flipped = code.charCodeAt(place) ^ (1 << random.integer(7));
      return code.slice(0, place) + String.fromCharCode(flipped) + code.slice(place + 1);
    },
    'a digit changed': (code) => putIn(digitsOf(code).slice(0, -1), String(random.integer(10)), 1),
    'cut off': (code) => code.slice(0, random.integer(code.length)),
    'digits cut off': (code) => digitsOf(code).slice(0, random.integer(digitsOf(code).length)),
    'partly digits': (code) => {
      const place = 1 + random.integer(code.length - 1);
      return random.integer(2)
        ? digitsOf(code.slice(0, place)) + code.slice(place)
        : code.slice(0, place) + digitsOf(code.slice(place));
    },
    'digits of another script': (code) => {
      const zero = random.pick([0x660, 0x966, 0xe50, 0xff10]);
      return digitsOf(code).replace(/\d/g, (digit) => String.fromCharCode(zero + Number(digit)));
    },
    'a digit less, and another in its place at the end': (code) => {
      const digits = digitsOf(code);
      const place = random.integer(digits.length - 1);
      return digits.slice(0, place) + digits.slice(place + 1) + digits.charAt(place);
    },
    'stray bits in the last character': (code) =>
      code.slice(0, -1) + encodeBase64url(random.bytes(1)).charAt(0),
    'begun late': (code) => code.slice(1 + random.integer(code.length - 1)),
    padded: (code) =>
      code
        .split('.')
        .map((part) => part + '='.repeat(random.integer(3)))
        .join('.') + '=',
    'white space': (code) =>
      putIn(code, random.pick([' ', '\n', '\t', '\r\n', '\u00A0', '\u3000', '\u200B'])),
    'any character put in': (code) => putIn(code, anyCharacter()),
    'any character changed': (code) => putIn(code, anyCharacter(), 1),
    'another key named': (code) =>
      [encodeBase64url(bytesOf(headerText(anyKid()))), ...code.split('.').slice(1)].join('.'),
    'parts exchanged': (code) => shuffled([...code.split('.'), code.split('.').at(-1)]).join('.'),
    'parts added': (code) => code + `.${anySegment()}`.repeat(1 + random.integer(5)),
    'parts of noise': (code) =>
      code
        .split('.')
        .map((part) => (random.integer(2) ? part : anySegment()))
        .join('.'),
    noise: () => Array.from({ length: random.integer(400) }, anyCharacter).join(''),
    'noise in digits': () =>
      Array.from({ length: random.integer(600) }, () => random.integer(10)).join(''),
    'much of it': (code) => code.repeat(2 + random.integer(2000)),
  };

  /** Every way of spoiling JSON, by those who can sign. */
  const json: Spoiling['json'] = {
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
      const places = Array.from(json.matchAll(/\w/g), ({ index }) => index);
      if (places.length === 0) return json;
      const place = random.pick(places);
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
      json.replace(random.pick(json.match(/"[^"]*"(?=[,}])/g) ?? ['']), () =>
        random.pick(['1', 'true', 'null', '[]', '{}']),
      ),
  };

  return { text, json };
}
