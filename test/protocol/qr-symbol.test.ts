import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { create } from 'qrcode';
import { qrSymbol } from '../../widget/elements/qr-symbol.ts';
import { seededRandom } from './seeded-random.ts';

const random = seededRandom(7);
const digits = (length: number): string =>
  Array.from({ length }, () => random.integer(10)).join('');

/** As another encoder draws it. */
function drawnElsewhere(text: string): { size: number; modules: Uint8Array } {
  const segments = [{ data: text, mode: 'numeric' }] as const;
  const { modules } = create([...segments], { errorCorrectionLevel: 'M', maskPattern: 2 });
  return { size: modules.size, modules: Uint8Array.from(modules.data) };
}

/** The most digits that versions 1 to 40 hold at level M (ISO/IEC 18004, table 7). */
const capacities = [
  34, 63, 101, 149, 202, 255, 293, 365, 432, 513, 604, 691, 796, 871, 991, 1082, 1212, 1346, 1500,
  1600, 1708, 1872, 2059, 2188, 2395, 2544, 2701, 2857, 3035, 3289, 3486, 3693, 3909, 4134, 4343,
  4588, 4775, 5039, 5313, 5596,
];

describe('the QR symbol', () => {
  it('holds in each version as many digits as the standard says, and no more', () => {
    for (const [index, most] of capacities.entries()) {
      assert.equal(qrSymbol(digits(most)).size, 21 + 4 * index);
      if (index < 39) assert.equal(qrSymbol(digits(most + 1)).size, 25 + 4 * index);
    }
    assert.throws(() => qrSymbol(digits(5597)), RangeError);
  });

  it('is that of another encoder, module by module, in every version, full or not', () => {
    for (const most of capacities) {
      for (const length of [most, most - 1, most - 2, most - 7]) {
        const text = digits(length);
        assert.deepEqual(qrSymbol(text), drawnElsewhere(text), `${length} digits`);
      }
    }
  });

  it('is that of another encoder for digits as long as codes are', () => {
    for (let length = 440; length <= 560; length++) {
      const text = digits(length);
      assert.deepEqual(qrSymbol(text), drawnElsewhere(text), `${length} digits`);
    }
  });
});
