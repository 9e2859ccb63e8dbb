import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { nameRefusals, readName, type NameRefusal } from '../../widget/protocol/person-name.ts';

const nameOf = (text: string): string | undefined => {
  const result = readName(text);
  return result.ok ? result.name : undefined;
};
const refusalOf = (text: string): NameRefusal | 'none' => {
  const result = readName(text);
  return result.ok ? 'none' : result.reason;
};

describe('a name', () => {
  it('of Han characters is accepted as it is', () => {
    for (const name of ['张三', '欧阳娜娜', '李〇', '司马相如', '王々']) {
      assert.equal(nameOf(name), name);
    }
  });

  it('has its parts joined by U+00B7', () => {
    for (const name of ['阿依古丽·买买提', '迪丽热巴·迪力木拉提', '甲·乙·丙']) {
      assert.equal(nameOf(name), name);
    }
  });

  it('may be typed with any look-alike of the dot', () => {
    const lookAlikes =
      '2E 387 1427 16EB 2022 2024 2027 2219 22C5 2E31 2E33 30FB A78F FE52 FF0E FF65';
    for (const hex of lookAlikes.split(' ')) {
      const typed = `阿依古丽${String.fromCodePoint(Number(`0x${hex}`))}买买提`;
      assert.equal(nameOf(typed), '阿依古丽·买买提', `U+${hex}`);
    }
  });

  it('loses white space and the invisible marks that copying brings along', () => {
    for (const typed of [' 张三 ', '张 三', '张\u3000三', '\u202D张三\u202C', '张\u200B三\uFEFF']) {
      assert.equal(nameOf(typed), '张三', JSON.stringify(typed));
    }
    assert.equal(nameOf('阿依古丽 · 买买提'), '阿依古丽·买买提');
  });

  it('may have characters of every extension, beyond the first plane too', () => {
    const extensions = {
      A: '㐂', // U+3402
      B: '𠮷', // U+20BB7
      C: '𪜀', // U+2A700
      D: '𫝀', // U+2B740
      E: '𫠠', // U+2B820
      F: '𬺰', // U+2CEB0
      G: '𰀀', // U+30000
      H: '𱍐', // U+31350
    };
    for (const [extension, character] of Object.entries(extensions)) {
      assert.equal(nameOf(`${character}三`), `${character}三`, `extension ${extension}`);
    }
  });

  it('may have private use characters, as old cards carry them, in every such plane', () => {
    for (const point of [0xe000, 0xe863, 0xf8ff, 0xf0000, 0x10fffd]) {
      const name = `张${String.fromCodePoint(point)}`;
      assert.equal(nameOf(name), name, `U+${point.toString(16)}`);
    }
  });

  it('has 2 to 50 code points, whatever its UTF-16 length', () => {
    assert.equal(refusalOf('张'), 'too-short');
    assert.equal(refusalOf('𠮷'), 'too-short');
    assert.equal(refusalOf('𠮷𠮷'), 'none');
    assert.equal(refusalOf('张'.repeat(50)), 'none');
    assert.equal(refusalOf('𠮷'.repeat(50)), 'none');
    assert.equal(refusalOf('张'.repeat(51)), 'too-long');
    assert.equal(refusalOf('𠮷'.repeat(51)), 'too-long');
  });
});

describe('a text that is no name', () => {
  it('is empty, or holds nothing to see', () => {
    for (const text of ['', ' ', '\u3000\t\n', '\u200B']) assert.equal(refusalOf(text), 'empty');
  });

  it('has a dot at an end, or two together', () => {
    for (const text of ['·张三', '张三·', '张··三', '·', '··', '.张三', '张・·三', '张· ·三']) {
      assert.equal(refusalOf(text), 'misplaced-dot', text);
    }
  });

  it('has letters, digits, marks or pictures in it', () => {
    const texts =
      'Zhang|张San|ＺＨＡＮＧ|张3|张３|张-三|张,三|张、三|张。三|ひらがな|カタカナ|한글|ئايگۈل|张😀|<张三>|' +
      "张'三|张\u0000三|张\uD842|__proto__|张\uFFFD|张\u0301三";
    for (const text of texts.split('|')) {
      assert.equal(refusalOf(text), 'wrong-characters', JSON.stringify(text));
    }
  });
});

it('reading a name again changes nothing', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('张', '𠮷', '〇', '·', '.', '・', ' ', '\uE000', 'a') }),
      (text) => {
        const name = nameOf(text);
        if (name !== undefined) assert.equal(nameOf(name), name);
      },
    ),
    { seed: 6, numRuns: 2000 },
  );
});

it('any text at all is a name or is refused for a reason of the list', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const refusal = refusalOf(text);
      assert.ok(refusal === 'none' || nameRefusals.includes(refusal));
    }),
    { seed: 7, numRuns: 2000 },
  );
});
