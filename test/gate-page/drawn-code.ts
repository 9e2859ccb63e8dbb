import { qrPath } from '../../widget/elements/qr-path.ts';

/** Draws a code as the component does, on a canvas: white around it, and turned by some degrees. */
export function drawCode(
  code: string,
  { width = 480, degrees = 0 }: { width?: number; degrees?: number } = {},
): HTMLCanvasElement {
  const { modules, path } = qrPath(code);
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = width;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, width);
  context.fillStyle = '#0b1220';
  const scale = width / ((modules + 8) * 1.2);
  context.translate(width / 2, width / 2);
  context.rotate((degrees * Math.PI) / 180);
  context.scale(scale, scale);
  context.translate(-modules / 2, -modules / 2);
  context.clip(new Path2D(path));
  context.fillRect(0, 0, modules, modules);
  return canvas;
}

/** Two codes in one picture. */
export function sideBySide(one: string, two: string): OffscreenCanvas {
  const canvas = new OffscreenCanvas(1_000, 500);
  const context = canvas.getContext('2d');
  context?.drawImage(drawCode(one), 10, 10);
  context?.drawImage(drawCode(two), 510, 10);
  return canvas;
}

export async function pngOf(canvas: HTMLCanvasElement | OffscreenCanvas): Promise<File> {
  const blob =
    canvas instanceof OffscreenCanvas
      ? await canvas.convertToBlob({ type: 'image/png' })
      : await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve));
  if (!blob) throw new Error('png');
  return new File([blob], 'code.png', { type: 'image/png' });
}

/** Where the test server has what the build copies to `/assets`. */
export const wasm = '/node_modules/zxing-wasm/dist/reader/zxing_reader.wasm';
