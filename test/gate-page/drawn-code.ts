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
  const turn = (degrees * Math.PI) / 180;
  // A turned square needs more room.
  const room = 1.2 * (Math.abs(Math.cos(turn)) + Math.abs(Math.sin(turn)));
  const scale = width / ((modules + 8) * room);
  context.translate(width / 2, width / 2);
  context.rotate(turn);
  context.scale(scale, scale);
  context.translate(-modules / 2, -modules / 2);
  context.clip(new Path2D(path));
  context.fillRect(0, 0, modules, modules);
  return canvas;
}

/** A code as a drawing that has no pixels. */
export function codeAsSvg(code: string): string {
  const { modules, path } = qrPath(code);
  const room = `-4 -4 ${modules + 8} ${modules + 8}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="480" height="480" viewBox="${room}"><path d="${path}"/></svg>`;
}

/** How a picture was taken; lengths are shares of its width. */
export interface Spoiling {
  /** Standard deviation of the blur. */
  blur?: number;
  /** Radius of a white light that lies on it. */
  glare?: number;
  /** Where the light's centre is, from the left and from the top. */
  glareAt?: number;
  /** Difference between black and white, 0 to 1. */
  contrast?: number;
  /** From the top; the rest is out of the picture. */
  seen?: number;
}

/** A drawn code as a bad photograph of it. */
export function spoil(
  drawn: HTMLCanvasElement,
  { blur = 0, glare = 0, glareAt = 0.5, contrast = 1, seen = 1 }: Spoiling,
): HTMLCanvasElement {
  const { width } = drawn;
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = width * seen;
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.drawImage(drawn, 0, 0);
  const picture = context.getImageData(0, 0, width, width);
  blurLines(picture, blur * width, 4, width * 4);
  blurLines(picture, blur * width, width * 4, 4);
  // The fourth channel stays what it is: nothing can be seen through.
  for (const [index, value] of picture.data.entries()) {
    if (index % 4 !== 3) picture.data[index] = 127.5 + (value - 127.5) * contrast;
  }
  context.putImageData(picture, 0, 0);
  const centre = glareAt * width;
  const light = context.createRadialGradient(centre, centre, 0, centre, centre, glare * width);
  light.addColorStop(0, '#fff');
  light.addColorStop(0.6, '#fff');
  light.addColorStop(1, '#fff0');
  context.fillStyle = light;
  if (glare > 0) context.fillRect(0, 0, width, width);
  return canvas;
}

/**
 * A Gaussian blur along all lines of a square picture, by hand: WebKit's canvas has no filters.
 *
 * @param deviation pixels
 * @param step to the next pixel of a line
 * @param nextLine from a line's begin to that of the next
 */
function blurLines({ data, width }: ImageData, deviation: number, step: number, nextLine: number) {
  if (deviation === 0) return;
  const reach = Math.ceil(3 * deviation);
  const weights = Array.from({ length: reach + 1 }, (_, far) =>
    Math.exp(-0.5 * (far / deviation) ** 2),
  );
  const all = weights.reduce((sum, weight, far) => sum + (far === 0 ? weight : 2 * weight), 0);
  const line = new Float32Array(width);
  for (let row = 0; row < width; row++) {
    for (let channel = 0; channel < 3; channel++) {
      const begin = row * nextLine + channel;
      for (let at = 0; at < width; at++) line[at] = data[begin + at * step]!;
      for (let at = 0; at < width; at++) {
        let sum = 0;
        for (let far = -reach; far <= reach; far++) {
          const seen = Math.min(width - 1, Math.max(0, at + far));
          sum += line[seen]! * weights[Math.abs(far)]!;
        }
        data[begin + at * step] = sum / all;
      }
    }
  }
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
