/**
 * What a QR symbol holds: digits, in numeric mode at error correction M (ISO/IEC 18004). Arrays here begin with
 * version 1.
 */

/** Check codewords of each block (table 9). */
const checkLengths = [
  10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26,
].concat(Array<number>(19).fill(28));
/** Blocks (table 9). */
const blockCounts = [
  1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23, 25, 26,
  28, 29, 31, 33, 35, 37, 38, 40, 43, 45, 47, 49,
];

/** Powers of 2 in the field of 256 elements, twice over so that two exponents can be added; and its logarithms. */
const powers = new Uint8Array(510);
const logarithms = new Uint8Array(256);
for (let exponent = 0, element = 1; exponent < 255; exponent++) {
  powers[exponent] = powers[exponent + 255] = element;
  logarithms[element] = exponent;
  element = (element << 1) ^ (element > 127 ? 0x11d : 0);
}

/** All codewords of a symbol, data and checks. */
function capacity(version: number): number {
  let modules = (16 * version + 128) * version + 64;
  if (version > 1) {
    const alignments = Math.floor(version / 7) + 2;
    modules -= (25 * alignments - 10) * alignments - 55;
  }
  return Math.floor((version > 6 ? modules - 36 : modules) / 8);
}

/** @throws RangeError for more digits than fit any symbol */
export function codewordsOf(digits: string): { version: number; codewords: Uint8Array } {
  const tail = [0, 4, 7][digits.length % 3]!;
  const bits = Math.floor(digits.length / 3) * 10 + tail;
  for (let version = 1; version <= 40; version++) {
    const checkLength = checkLengths[version - 1]!;
    const blocks = blockCounts[version - 1]!;
    const room = capacity(version) - checkLength * blocks;
    const countBits = version < 10 ? 10 : version < 27 ? 12 : 14;
    if (4 + countBits + bits > room * 8) continue;
    const data = dataOf(digits, countBits, room);
    return { version, codewords: interleaved(data, blocks, checkLength) };
  }
  throw new RangeError('No QR symbol holds so many digits.');
}

function dataOf(digits: string, countBits: number, room: number): Uint8Array {
  const data = new Uint8Array(room);
  let [held, filled, length] = [0, 0, 0];
  const put = (value: number, bits: number): void => {
    held = (held << bits) | value;
    for (filled += bits; filled >= 8; filled -= 8) data[length++] = held >> (filled - 8);
    held &= 0xff;
  };
  put(1, 4);
  put(digits.length, countBits);
  for (let at = 0; at < digits.length; at += 3) {
    const group = digits.slice(at, at + 3);
    put(Number(group), group.length * 3 + 1);
  }
  // Zeros close the last codeword, of the four that end the message as many as there is room for.
  if (length < room) put(0, Math.min(4, room * 8 - length * 8 - filled));
  if (filled > 0) put(0, 8 - filled);
  for (let pad = 0xec; length < room; pad ^= 0xfd) data[length++] = pad;
  return data;
}

/** Each block's first codeword, then each one's second: a stain hurts many blocks a little. */
function interleaved(data: Uint8Array, blocks: number, checkLength: number): Uint8Array {
  const shortest = Math.floor(data.length / blocks);
  const longer = data.length % blocks;
  const generator = generatorOf(checkLength);
  const all = new Uint8Array(data.length + blocks * checkLength);
  for (let block = 0, from = 0; block < blocks; block++) {
    const isLonger = block >= blocks - longer;
    const part = data.subarray(from, (from += shortest + Number(isLonger)));
    part.forEach((word, index) => {
      const skipped = index < shortest ? 0 : blocks - longer;
      all[index * blocks + block - skipped] = word;
    });
    checksOf(part, generator).forEach((word, index) => {
      all[data.length + index * blocks + block] = word;
    });
  }
  return all;
}

/**
 * The product of (x - 2^i), of which no coefficient is 0: the logarithms of all but the first, which is 1.
 */
function generatorOf(degree: number): Uint8Array {
  const generator = new Uint8Array(degree + 1);
  generator[degree - 1] = 1;
  for (let root = 0; root < degree; root++) {
    for (let at = 0; at < degree; at++) {
      const coefficient = generator[at]!;
      const product = coefficient && powers[logarithms[coefficient]! + root]!;
      generator[at] = product ^ generator[at + 1]!;
    }
  }
  return generator.subarray(0, degree).map((coefficient) => logarithms[coefficient]!);
}

/** Reed-Solomon: what is left of the data over the generator. */
function checksOf(data: Uint8Array, generator: Uint8Array): Uint8Array {
  const degree = generator.length;
  const checks = new Uint8Array(degree + 1);
  for (const word of data) {
    const factor = word ^ checks[0]!;
    const exponent = logarithms[factor]!;
    for (let at = 0; at < degree; at++) {
      checks[at] = checks[at + 1]! ^ (factor && powers[exponent + generator[at]!]!);
    }
  }
  return checks.subarray(0, degree);
}
