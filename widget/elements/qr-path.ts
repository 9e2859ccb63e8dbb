import encoder from 'qrcode/lib/core/qrcode.js';
import { toQrText } from '../protocol/code/qr-text.ts';

/** A QR symbol without its quiet zone: `path` is SVG path data, one unit a module. */
export interface QrPath {
  modules: number;
  path: string;
}

/**
 * Draws a code as one path: a rectangle for each run of dark modules in a row.
 *
 * The mask pattern is fixed. Choosing the best of eight takes ten times as long, once a minute on
 * a phone's main thread; codes are signatures, so no pattern meets them better than another.
 */
export function qrPath(code: string): QrPath {
  const { modules } = encoder.create([{ data: toQrText(code), mode: 'numeric' }], {
    errorCorrectionLevel: 'M',
    maskPattern: 2,
  });
  let path = '';
  for (let row = 0; row < modules.size; row++) {
    for (let start = 0; start < modules.size; start++) {
      let end = start;
      while (end < modules.size && modules.get(row, end)) end++;
      if (end > start) path += `M${start} ${row}h${end - start}v1H${start}z`;
      start = end;
    }
  }
  return { modules: modules.size, path };
}
