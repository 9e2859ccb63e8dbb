import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { CannotCheck } from './cannot-check.ts';

/** More than any camera's picture; bytes. */
const mostBytes = 64 * 2 ** 20;

/** @throws CannotCheck when there is more than anyone's picture of a code */
export async function bytesOf(chunks: AsyncIterable<Uint8Array>, name: string): Promise<Buffer> {
  const read: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of chunks) {
    length += chunk.length;
    if (length > mostBytes) {
      throw new CannotCheck(`${name} is larger than 64 MB. Give the text of a code, or a picture.`);
    }
    read.push(chunk);
  }
  return Buffer.concat(read);
}

/** How files begin that people take for a picture of a code, and what to do with them. */
const otherFiles: [begin: RegExp, kind: string][] = [
  [/^GIF8/, 'a GIF'],
  [/^RIFF[^]{4}WEBP/, 'a WebP picture'],
  [/^BM/, 'a BMP picture'],
  [/^(II\*\0|MM\0\*)/, 'a TIFF picture'],
  [/^[^]{4}ftyp/, 'a HEIC or AVIF picture, or a film'],
  [/^%PDF/, 'a PDF'],
  [/^(\u00EF\u00BB\u00BF)?\s*<(\?xml|!--|!DOCTYPE|svg|html)/i, 'a drawing or a page (SVG, HTML)'],
];

/**
 * The text a scanner would hand over: that of a text file but for its last line end, or that of the
 * one QR code in a PNG or JPEG picture. Whether it is a code is for the check to say.
 *
 * @param name of the file, for sentences
 * @throws CannotCheck when there is no such text
 */
export async function scannedText(bytes: Buffer, name: string): Promise<string> {
  if (bytes.length === 0) {
    throw new CannotCheck(`${name} is empty. Give the text of a code, or a picture of its QR.`);
  }
  const begin = bytes.toString('latin1', 0, 64);
  if (/^(\u0089PNG|\u00FF\u00D8\u00FF)/.test(begin)) return inPicture(bytes, name);
  const other = otherFiles.find(([pattern]) => pattern.test(begin));
  if (other) throw new CannotCheck(`${name} is ${other[1]}. Save the code as PNG or JPEG.`);
  try {
    // A byte order mark stays: it is not part of a code, and the check shall see it.
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return text.replace(/\r?\n$/, '');
  } catch {
    throw new CannotCheck(`${name} is neither text nor a PNG or JPEG picture.`);
  }
}

async function inPicture(bytes: Buffer, name: string): Promise<string> {
  const { prepareZXingModule, readBarcodes } = await import('zxing-wasm/reader');
  // What the library reports on a broken picture is said below.
  const silent = (): void => {};
  prepareZXingModule({
    overrides: { wasmBinary: wasmBinary(), print: silent, printErr: silent },
  });
  const damaged = new CannotCheck(
    `${name} cannot be read as a picture: it is damaged, or far too large.`,
  );
  const found = await readBarcodes(bytes, { formats: ['QRCode'], tryHarder: true }).catch(() => {
    throw damaged;
  });
  // A picture that cannot be loaded is reported as a symbol with an error.
  if (found.some(({ isValid }) => !isValid)) throw damaged;
  const [only, ...others] = found;
  if (!only) {
    throw new CannotCheck(`${name} shows no QR code that can be read. Take it nearer and sharper.`);
  }
  if (others.length > 0) {
    throw new CannotCheck(`${name} shows ${others.length + 1} QR codes. Cut out the one to check.`);
  }
  return only.text;
}

/** Beside the built command; in the library's own folder where the source runs. */
function wasmBinary(): ArrayBuffer {
  const beside = fileURLToPath(new URL('zxing_reader.wasm', import.meta.url));
  const path = existsSync(beside)
    ? beside
    : createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
  return new Uint8Array(readFileSync(path)).buffer;
}
