import type { SeededRandom } from '../protocol/seeded-random.ts';

/** A grey picture as a camera takes it, 0 black to 255 white, row by row. */
export interface Picture {
  width: number;
  height: number;
  grey: Uint8ClampedArray;
}

/** Square, `true` for dark, without its quiet zone. */
export interface Symbol {
  size: number;
  isDark: (row: number, column: number) => boolean;
}

const quietZone = 4;
/** Samples a pixel on each axis: a camera's pixel sees the middle of an area, not a point. */
const samples = 3;

/**
 * Takes a picture of a symbol: turned by up to 8°, tilted on both axes by up to 9° as seen from two
 * widths away, out of focus, with little contrast, and noisy.
 *
 * @param width of the symbol with its quiet zone, in pixels of the picture
 */
export function photograph(
  symbol: Symbol,
  width: number,
  random: SeededRandom,
  glare: boolean,
): Picture {
  const between = (low: number, high: number): number =>
    low + ((high - low) * random.integer(1_000_001)) / 1_000_000;
  const side = Math.ceil(width * 1.35);
  const angle = (between(-8, 8) * Math.PI) / 180;
  const [tiltX, tiltY] = [between(-0.08, 0.08), between(-0.08, 0.08)];
  const dark = between(40, 80);
  const light = between(170, 220);
  const modules = symbol.size + 2 * quietZone;
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)];

  /** What is at a place of the picture, by perspective: the symbol, its quiet zone, or the phone. */
  function lightAt(x: number, y: number): number {
    const [u, v] = [(x - side / 2) / width, (y - side / 2) / width];
    const [turnedU, turnedV] = [u * cos + v * sin, v * cos - u * sin];
    const depth = 1 + turnedU * tiltX + turnedV * tiltY;
    const column = Math.floor((turnedU / depth + 0.5) * modules) - quietZone;
    const row = Math.floor((turnedV / depth + 0.5) * modules) - quietZone;
    const inside =
      Math.min(row, column) >= -quietZone && Math.max(row, column) < symbol.size + quietZone;
    if (!inside) return (light + dark) / 2;
    const within = Math.min(row, column) >= 0 && Math.max(row, column) < symbol.size;
    return within && symbol.isDark(row, column) ? dark : light;
  }

  const sharp = new Float32Array(side * side);
  for (let i = 0; i < sharp.length; i++) {
    let sum = 0;
    for (let s = 0; s < samples * samples; s++) {
      const x = (i % side) + ((s % samples) + 0.5) / samples;
      const y = Math.floor(i / side) + (Math.floor(s / samples) + 0.5) / samples;
      sum += lightAt(x, y);
    }
    sharp[i] = sum / samples ** 2;
  }
  const blurred = blur(sharp, side, between(0.5, 0.9));
  const [glareX, glareY] = [between(0.3, 0.7) * side, between(0.3, 0.7) * side];
  const radius = 0.12 * width;
  const grey = new Uint8ClampedArray(blurred.length);
  for (const [i, value] of blurred.entries()) {
    const distance = Math.hypot((i % side) - glareX, Math.floor(i / side) - glareY) / radius;
    const shine = glare ? 255 * Math.exp(-(distance ** 4)) : 0;
    // Twelve even ones: near enough to a normal one, of deviation 4.
    let noise = -6;
    for (let n = 0; n < 12; n++) noise += between(0, 1);
    grey[i] = value + shine + 4 * noise;
  }
  return { width: side, height: side, grey };
}

/** Gaussian, along one axis and then the other. */
function blur(from: Float32Array, side: number, deviation: number): Float32Array {
  const reach = Math.ceil(3 * deviation);
  const weights = Array.from({ length: 2 * reach + 1 }, (_, i) =>
    Math.exp(-((i - reach) ** 2) / (2 * deviation ** 2)),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const clamp = (value: number): number => Math.min(side - 1, Math.max(0, value));
  const along = (source: Float32Array, stepX: number, stepY: number): Float32Array =>
    source.map((_, i) => {
      const [x, y] = [i % side, Math.floor(i / side)];
      return (
        weights.reduce((sum, weight, k) => {
          const near = clamp(y + stepY * (k - reach)) * side + clamp(x + stepX * (k - reach));
          return sum + weight * (source[near] ?? 0);
        }, 0) / total
      );
    });
  return along(along(from, 1, 0), 0, 1);
}

/** As a file that any reader takes (PGM, "P5"). */
export const toPgm = ({ width, height, grey }: Picture): Buffer =>
  Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`), Buffer.from(grey)]);

/** As a canvas has it. */
export function toRgba({ width, height, grey }: Picture) {
  const data = new Uint8ClampedArray(grey.length * 4);
  for (const [i, value] of grey.entries())
    data.fill(value, 4 * i, 4 * i + 3).fill(255, 4 * i + 3, 4 * i + 4);
  return { data, width, height };
}
