import { toQrText } from '../protocol/code/qr-text.ts';
import { qrSymbol } from './qr-symbol.ts';

/** A QR symbol without its quiet zone: `path` is SVG path data, one unit a module. */
export interface QrPath {
  modules: number;
  path: string;
}

/** Draws a code as one path: a rectangle for each run of dark modules in a row. */
export function qrPath(code: string): QrPath {
  const { size, modules } = qrSymbol(toQrText(code));
  let path = '';
  for (let row = 0; row < size; row++) {
    for (let start = 0; start < size; start++) {
      let end = start;
      while (end < size && modules[row * size + end]) end++;
      if (end > start) path += `M${start} ${row}h${end - start}v1H${start}z`;
      start = end;
    }
  }
  return { modules: size, path };
}
