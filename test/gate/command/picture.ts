import { crc32, deflateSync } from 'node:zlib';
import { create } from 'qrcode';

/** A grey picture, one byte a pixel. */
export interface Picture {
  width: number;
  height: number;
  pixels: Uint8Array;
}

export const white = (width: number, height: number): Picture => ({
  width,
  height,
  pixels: new Uint8Array(width * height).fill(255),
});

/** Draws a QR with its upper left corner at x and y, so many pixels a module; digits as digits. */
export function draw(
  { width, pixels }: Picture,
  text: string,
  x: number,
  y: number,
  scale: number,
): void {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  for (let row = 0; row < modules.size * scale; row++) {
    for (let column = 0; column < modules.size * scale; column++) {
      const dark = modules.get(Math.floor(row / scale), Math.floor(column / scale));
      if (dark) pixels[(y + row) * width + x + column] = 0;
    }
  }
}

/** PNG (W3C, third edition), grey, without filters. */
export function png({ width, height, pixels }: Picture): Buffer {
  const rows = Buffer.alloc((width + 1) * height);
  for (let row = 0; row < height; row++) {
    rows.set(pixels.subarray(row * width, (row + 1) * width), row * (width + 1) + 1);
  }
  return pngOf(width, height, deflateSync(rows, { level: 1 }));
}

/** A PNG that says how large it is, whatever it holds. */
export function pngOf(width: number, height: number, data: Buffer): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header[8] = 8;
  return Buffer.concat([
    Buffer.from('\u0089PNG\r\n\u001a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', data),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}
