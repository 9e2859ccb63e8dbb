import assert from 'node:assert/strict';
import { it } from 'node:test';
import { stdnum } from 'stdnum';
import { readResidentId } from '../../widget/protocol/resident-id.ts';
import { complete, generateNumber, numberOf, readingAt } from './generated-numbers.ts';
import { seededRandom } from './seeded-random.ts';

/**
 * `stdnum` (npm) reads the same numbers by other code. Wherever the two differ, the difference has a
 * reason and a count here; a difference of any other kind fails.
 */

const random = seededRandom(5);
const many = (count: number, make: () => string): string[] => Array.from({ length: count }, make);
const digits = (length: number): string =>
  Array.from({ length }, () => random.integer(10)).join('');

/** Numbers in families. Births avoid the days between the test's clock and the real one, which `stdnum` reads. */
const families = {
  generated: many(20_000, () => generateNumber(random)),
  'one character changed': many(20_000, () => {
    const number = generateNumber(random);
    const place = random.integer(18);
    return (
      number.slice(0, place) + '0123456789X'.charAt(random.integer(11)) + number.slice(place + 1)
    );
  }),
  'any 17 digits, completed': many(20_000, () =>
    complete(`${digits(6)}19${digits(2)}0${1 + random.integer(9)}${digits(5)}`),
  ),
  'residence permits': many(1000, () => numberOf(random.pick([81, 82, 83]), '19900101', digits(3))),
  'foreign permanent residents': many(1000, () => complete(`9${digits(5)}19900101${digits(3)}`)),
  'no province': many(1000, () =>
    numberOf(random.pick([10, 16, 30, 71, 85]), '19900101', digits(3)),
  ),
  'too old': many(1000, () => numberOf(11, `18${random.integer(7)}01231`, digits(3))),
  'years before 100': many(1000, () => numberOf(11, `00${digits(2)}0101`, digits(3))),
  future: many(1000, () => numberOf(11, `2${1 + random.integer(9)}${digits(2)}0101`, digits(3))),
  'impossible dates': many(1000, () =>
    numberOf(11, `1990${random.pick(['0229', '0431', '1301'])}`),
  ),
  'small x': many(3000, () => generateNumber(random).toLowerCase()),
  'full width': many(1000, () =>
    Array.from(generateNumber(random), (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)).join(
      '',
    ),
  ),
  'spaces between': many(1000, () => generateNumber(random).replace(/^(.{6})(.{8})/, '$1 $2 ')),
  'invisible marks': many(1000, () => `\u202D${generateNumber(random)}\u202C`),
  'digits of other scripts': many(1000, () =>
    generateNumber(random).replace(/\d/g, (d) => String.fromCodePoint(0x1d7ce + Number(d))),
  ),
  hyphens: many(1000, () => generateNumber(random).replace(/^(.{6})/, '$1-')),
  'first generation': many(1000, () => `119999900101${digits(3)}`),
  'other lengths': many(1000, () => digits(random.integer(30))),
};

/** Every kind of difference there is: how often these numbers show it, and why we differ. */
const explained: Record<string, { count: number; because: string }> = {
  'other-document': {
    count: 2801,
    because: 'R5: it takes permits and foreign permanent residents for resident IDs',
  },
  'unknown-province': { count: 4336, because: 'it does not look at the region' },
  'birth-date-too-old': { count: 2000, because: 'it lets people be of any age' },
  'wrong-characters': {
    count: 1000,
    because: 'it takes digits of mathematical alphabets, which no keyboard here types',
  },
  'accepted: full width': {
    count: 76,
    because: 'it knows full-width digits, but not the full-width X',
  },
  'accepted: invisible marks': {
    count: 1000,
    because: 'it counts the marks that copying brings along',
  },
};

it('a number is read as stdnum reads it, but for six explained kinds of difference', () => {
  const oracle = stdnum['CN']?.['ric'];
  assert.ok(oracle);
  const differences: Record<string, number> = {};
  for (const [family, texts] of Object.entries(families)) {
    for (const text of texts) {
      const ours = readResidentId(text, readingAt);
      if (ours.ok === oracle.validate(text).isValid) continue;
      const kind = ours.ok ? `accepted: ${family}` : ours.reason;
      assert.ok(Object.hasOwn(explained, kind), `${kind}: ${text}`);
      differences[kind] = (differences[kind] ?? 0) + 1;
    }
  }
  for (const [kind, { count, because }] of Object.entries(explained)) {
    assert.equal(differences[kind], count, because);
  }
});
