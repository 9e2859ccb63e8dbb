/** The encoder alone, without the canvas, terminal and file renderers that `qrcode` brings. */
declare module 'qrcode/lib/core/qrcode.js' {
  import type { create } from 'qrcode';
  const encoder: { create: typeof create };
  export default encoder;
}
