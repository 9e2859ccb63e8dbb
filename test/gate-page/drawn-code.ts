import { qrPath } from '../../widget/elements/qr-path.ts';

/** How a code is drawn: pixels, degrees, pixels of blur, and the part of its width that a lamp hides. */
interface Drawing {
  width?: number;
  degrees?: number;
  blur?: number;
  glare?: number;
}

/** Draws a code as the component does, on a canvas, with white around it; and as cameras see it. */
export function drawCode(
  code: string,
  { width = 480, degrees = 0, blur = 0, glare = 0 }: Drawing = {},
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
  context.save();
  const scale = width / ((modules + 8) * 1.2);
  context.translate(width / 2, width / 2);
  context.rotate((degrees * Math.PI) / 180);
  context.scale(scale, scale);
  context.translate(-modules / 2, -modules / 2);
  context.clip(new Path2D(path));
  context.fillRect(0, 0, modules, modules);
  context.restore();
  context.filter = `blur(${blur}px)`;
  context.drawImage(canvas, 0, 0);
  context.filter = 'none';
  context.fillStyle = '#fff';
  context.beginPath();
  context.arc(width * 0.55, width * 0.45, (width * glare) / 2, 0, 2 * Math.PI);
  context.fill();
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
