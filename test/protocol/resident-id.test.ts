import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  checkCharacter,
  readResidentId,
  residentIdRefusals,
  type ResidentIdRefusal,
} from '../../widget/protocol/resident-id.ts';
import { complete, generateNumber, numberOf, provinces, readingAt } from './generated-numbers.ts';
import { seededRandom } from './seeded-random.ts';

const refusalOf = (text: string, at = readingAt): ResidentIdRefusal | 'none' => {
  const result = readResidentId(text, at);
  return result.ok ? 'none' : result.reason;
};

const shanghai = (wallClock: string): number => Date.parse(`${wallClock}+08:00`) / 1000;
const checkCharacters = '0123456789X';

describe('a resident ID number that a card could carry', () => {
  it('is accepted as it is, 100,000 times', () => {
    const random = seededRandom(1);
    for (let i = 0; i < 100_000; i++) {
      const number = generateNumber(random);
      assert.deepEqual(readResidentId(number, readingAt), { ok: true, number });
    }
  });

  it('may come from any province', () => {
    for (const province of provinces)
      assert.equal(refusalOf(numberOf(province, '19900101')), 'none');
  });

  it('R8: may be a minor’s, down to one born today', () => {
    assert.equal(refusalOf(numberOf(11, '20200601')), 'none');
    assert.equal(refusalOf(numberOf(11, '20260301')), 'none');
  });

  it('has the check character of the standard’s own example', () => {
    // GB 11643-1999 computes it for 11010519491231002.
    assert.equal(checkCharacter('11010519491231002'), 'X');
  });

  it('is read from full-width characters, a small x, white space and invisible marks', () => {
    const number = numberOf(11, '19900101', '008');
    assert.equal(number.at(-1), 'X', 'the case needs a number that ends in X');
    const wide = Array.from(number, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)).join('');
    for (const typed of [
      number.toLowerCase(),
      wide,
      wide.toLowerCase(),
      ` ${number}\n`,
      `${number.slice(0, 6)} ${number.slice(6, 14)}\t${number.slice(14)}`,
      `${number.slice(0, 6)}\u3000${number.slice(6)}`,
      `\u202D${number}\u202C`,
      `${number.slice(0, 9)}\u200B${number.slice(9)}\uFEFF`,
    ]) {
      assert.deepEqual(
        readResidentId(typed, readingAt),
        { ok: true, number },
        JSON.stringify(typed),
      );
    }
  });
});

describe('a slip of the pen', () => {
  it('in one character is always found, in all of 1,000 numbers', () => {
    const random = seededRandom(2);
    let tried = 0;
    for (let n = 0; n < 1000; n++) {
      const number = generateNumber(random);
      for (let place = 0; place < 18; place++) {
        for (const other of checkCharacters) {
          if (other === number[place]) continue;
          tried++;
          // Each weight is prime to 11, so no single change keeps the sum; an X has no place before the end.
          assert.equal(
            refusalOf(number.slice(0, place) + other + number.slice(place + 1)),
            other === 'X' && place < 17 ? 'wrong-characters' : 'wrong-check-character',
          );
        }
      }
    }
    assert.equal(tried, 1000 * 18 * 10);
  });

  it('that swaps two neighbours is always found, in all of 1,000 numbers', () => {
    const random = seededRandom(3);
    let tried = 0;
    for (let n = 0; n < 1000; n++) {
      const number = generateNumber(random);
      for (let place = 0; place < 17; place++) {
        const [first, second] = [number.charAt(place), number.charAt(place + 1)];
        if (first === second) continue;
        tried++;
        // Neighbouring weights differ mod 11, the last weight (2) from the check character's (1) too.
        assert.equal(
          refusalOf(number.slice(0, place) + second + first + number.slice(place + 2)),
          second === 'X' ? 'wrong-characters' : 'wrong-check-character',
        );
      }
    }
    assert.ok(tried > 10_000, `only ${tried} swaps`);
  });
});

describe('R5: a number of another document', () => {
  it('is known for what it is: residence permits of Hong Kong, Macao and Taiwan', () => {
    for (const pair of [81, 82, 83]) {
      assert.equal(refusalOf(numberOf(pair, '19900101')), 'other-document');
    }
  });

  it('is known for what it is: foreign permanent residents, whatever follows the 9', () => {
    const random = seededRandom(4);
    for (let i = 0; i < 1000; i++) {
      const rest = Array.from({ length: 16 }, () => random.integer(10)).join('');
      assert.equal(refusalOf(complete(`9${rest}`)), 'other-document');
    }
  });

  it('is just wrong when its check character is', () => {
    for (const pair of ['81', '82', '83', '91', '99']) {
      const number = numberOf(pair, '19900101');
      const wrong = number.endsWith('0') ? '1' : '0';
      assert.equal(refusalOf(number.slice(0, 17) + wrong), 'wrong-check-character');
    }
  });
});

describe('a text that is no resident ID number', () => {
  it('of 15 digits is a first-generation number, and is told so', () => {
    assert.equal(refusalOf('119999900101001'), 'first-generation');
    assert.equal(refusalOf('１１９９９９９００１０１００１'), 'first-generation');
  });

  it('of another length is too short or too long', () => {
    const number = numberOf(11, '19900101');
    for (const text of [
      '',
      '1',
      '12345678901234',
      '1199999001010012',
      number.slice(0, 17),
      `${number}0`,
    ]) {
      assert.equal(refusalOf(text), 'wrong-length', text);
    }
  });

  it('with other characters is refused for them, whatever its length', () => {
    for (const text of [
      'A1999919900101001X',
      'X1999919900101001X',
      '11999919900101００1Y',
      '11999919900101-001',
      '一一九九九九',
      '١١٩٩٩٩١٩٩٠٠١٠١٠٠١٠',
      '119999199001010\u01031X',
      '__proto__',
    ]) {
      assert.equal(refusalOf(text), 'wrong-characters', text);
    }
  });

  it('from no province is refused for it', () => {
    const known = new Set(provinces);
    for (let pair = 0; pair < 90; pair++) {
      if (known.has(pair) || [81, 82, 83].includes(pair)) continue;
      const number = numberOf(String(pair).padStart(2, '0'), '19900101');
      assert.equal(refusalOf(number), 'unknown-province', number);
    }
  });

  it('has an impossible birth date', () => {
    const births =
      '19900001 19901301 19900100 19900132 19900431 19900229 19000229 20250229 19909999 20240230';
    for (const birth of births.split(' ')) {
      assert.equal(refusalOf(numberOf(11, birth)), 'impossible-birth-date', birth);
    }
    assert.equal(refusalOf(numberOf(11, '20000229')), 'none');
    assert.equal(refusalOf(numberOf(11, '20240229')), 'none');
  });

  it('was born in the future, by the day in Shanghai', () => {
    const number = numberOf(11, '20260302');
    assert.equal(refusalOf(number, shanghai('2026-03-01T23:59:59')), 'birth-date-in-future');
    assert.equal(refusalOf(number, shanghai('2026-03-02T00:00:00')), 'none');
    assert.equal(refusalOf(numberOf(11, '99991231')), 'birth-date-in-future');
  });

  it('was born more than 150 years ago, by the day in Shanghai', () => {
    const number = numberOf(11, '18760301');
    assert.equal(refusalOf(number, shanghai('2026-03-01T23:59:59')), 'none');
    assert.equal(refusalOf(number, shanghai('2026-03-02T00:00:00')), 'birth-date-too-old');
    assert.equal(refusalOf(numberOf(11, '00010101')), 'birth-date-too-old');
    assert.equal(refusalOf(numberOf(11, '00000101')), 'birth-date-too-old');
  });
});

it('every reason against a number can be met', () => {
  const met = new Set(
    [
      '1',
      '一',
      '119999900101001',
      '119999199001010010',
      numberOf(81, '19900101'),
      numberOf(10, '19900101'),
      numberOf(11, '19900230'),
      numberOf(11, '20990101'),
      numberOf(11, '18000101'),
    ].map((text) => refusalOf(text)),
  );
  assert.deepEqual([...met].sort(), [...residentIdRefusals].sort());
});
