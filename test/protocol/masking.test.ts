import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { maskName, maskNumber } from '../../widget/protocol/masking.ts';
import { generateNumber, numberOf } from './generated-numbers.ts';
import { seededRandom } from './seeded-random.ts';

describe('R4: a masked name', () => {
  it('of two characters shows the first', () => assert.equal(maskName('张三'), '张*'));

  it('of three or more shows the first and the last, and a star for each between', () => {
    assert.equal(maskName('张小明'), '张*明');
    assert.equal(maskName('阿依古丽·买买提'), '阿******提');
  });

  it('counts characters beyond the first plane as one', () => {
    assert.equal(maskName('𠮷三'), '𠮷*');
    assert.equal(maskName('张𠮷明'), '张*明');
    assert.equal(maskName('张三𠮷'), '张*𠮷');
  });

  it('never shows a whole name', () => {
    for (const name of ['', '张', '张三', '张小明']) assert.notEqual(maskName(name), name);
  });
});

describe('R4: a masked number', () => {
  it('shows the first two and the last two characters', () => {
    assert.equal(maskNumber(numberOf(11, '19900101', '008')), '11**************8X');
  });

  it('keeps the length and nothing of the birth date', () => {
    const random = seededRandom(8);
    for (let i = 0; i < 1000; i++) {
      const number = generateNumber(random);
      assert.match(maskNumber(number), /^\d\d\*{14}\d[\dX]$/);
      assert.equal(maskNumber(number), `${number.slice(0, 2)}${'*'.repeat(14)}${number.slice(16)}`);
    }
  });
});
