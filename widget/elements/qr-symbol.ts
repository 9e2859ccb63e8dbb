import { codewordsOf } from './qr-codewords.ts';

/** The modules of a QR symbol, row by row; 1 is dark. */
export interface QrSymbol {
  /** Modules a side. */
  size: number;
  modules: Uint8Array;
}

/**
 * What says in the symbol that its error correction is M and its mask pattern 2 (ISO/IEC 18004, table C.1).
 *
 * The pattern is fixed: choosing the best of eight takes ten times as long, and codes are signatures, so none meets
 * them better than another.
 */
const format = 0x5e7c;
const isInverted = (column: number): boolean => column % 3 === 0;

/**
 * The symbol for digits, at error correction M.
 *
 * @throws RangeError for more digits than fit any symbol
 */
export function qrSymbol(digits: string): QrSymbol {
  const { version, codewords } = codewordsOf(digits);
  const size = version * 4 + 17;
  const modules = new Uint8Array(size * size);
  /** Where no data goes. */
  const reserved = new Uint8Array(size * size);
  const set: SetModule = (column, row, dark) => {
    modules[row * size + column] = Number(dark);
    reserved[row * size + column] = 1;
  };
  /** A finder with the white around it, or an alignment pattern: rings about a centre. */
  const rings = (x: number, y: number, reach: number, isDark: (ring: number) => boolean): void => {
    for (let row = Math.max(0, y - reach); row <= Math.min(size - 1, y + reach); row++) {
      for (let column = Math.max(0, x - reach); column <= Math.min(size - 1, x + reach); column++) {
        set(column, row, isDark(Math.max(Math.abs(column - x), Math.abs(row - y))));
      }
    }
  };

  for (let at = 0; at < size; at++) {
    set(6, at, at % 2 === 0);
    set(at, 6, at % 2 === 0);
  }
  for (const [x, y] of [
    [3, 3],
    [size - 4, 3],
    [3, size - 4],
  ] as const) {
    rings(x, y, 4, (ring) => ring !== 2 && ring !== 4);
  }
  const places = alignmentsOf(version, size);
  const last = places.at(-1);
  for (const x of places) {
    for (const y of places) {
      const inFinder = x === 6 ? y === 6 || y === last : x === last && y === 6;
      if (!inFinder) rings(x, y, 2, (ring) => ring !== 1);
    }
  }
  writeFormat(size, set);
  if (version > 6) writeVersion(version, size, set);
  writeData(codewords, size, modules, reserved);
  return { size, modules };
}

type SetModule = (column: number, row: number, dark: boolean | number) => void;

/** Centres of the alignment patterns, along either side. */
function alignmentsOf(version: number, size: number): number[] {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2;
  const step = Math.floor((version * 8 + count * 3 + 5) / (count * 4 - 4)) * 2;
  return [6, ...Array.from({ length: count - 1 }, (_, at) => size - 7 - step * (count - 2 - at))];
}

function writeFormat(size: number, set: SetModule): void {
  for (let bit = 0; bit < 15; bit++) {
    const dark = (format >> bit) & 1;
    // Around the first finder, past the timing patterns; and again beside the other two.
    if (bit < 8) set(8, bit < 6 ? bit : bit + 1, dark);
    else set(bit === 8 ? 7 : 14 - bit, 8, dark);
    if (bit < 8) set(size - 1 - bit, 8, dark);
    else set(8, size - 15 + bit, dark);
  }
  set(8, size - 8, 1);
}

function writeVersion(version: number, size: number, set: SetModule): void {
  let rest = version;
  for (let bit = 0; bit < 12; bit++) rest = (rest << 1) ^ ((rest >> 11) * 0x1f25);
  const bits = (version << 12) | rest;
  for (let bit = 0; bit < 18; bit++) {
    const [far, near] = [size - 11 + (bit % 3), Math.floor(bit / 3)];
    set(far, near, (bits >> bit) & 1);
    set(near, far, (bits >> bit) & 1);
  }
}

/** Up and down in columns of two from the right, past the upright timing pattern. */
function writeData(
  codewords: Uint8Array,
  size: number,
  modules: Uint8Array,
  reserved: Uint8Array,
): void {
  let bit = 0;
  for (let pair = size - 1, up = true; pair > 0; pair -= 2, up = !up) {
    if (pair === 6) pair--;
    for (let step = 0; step < size; step++) {
      const row = up ? size - 1 - step : step;
      for (let column = pair; column > pair - 2; column--) {
        const at = row * size + column;
        if (reserved[at]) continue;
        const dark = ((codewords[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1;
        modules[at] = dark ^ Number(isInverted(column));
        bit++;
      }
    }
  }
}
