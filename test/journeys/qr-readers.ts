import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

/** Decoders that are not ours, for pictures of the screen. */
export type QrReader = (png: Uint8Array) => Promise<string[]>;

const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');

export const zxing: QrReader = async (png) => {
  await prepareZXingModule({
    overrides: { wasmBinary: readFileSync(wasm).buffer },
    fireImmediately: true,
  });
  const found = await readBarcodes(png, { formats: ['QRCode'], tryHarder: true });
  return found.map(({ text }) => text);
};

/** Debian's `zbar-tools`. */
export const zbar: QrReader = async (png) => {
  const text = execFileSync(
    'zbarimg',
    ['--quiet', '--raw', '--nodbus', '-Sdisable', '-Sqr.enable', '-'],
    {
      input: png,
      encoding: 'utf8',
    },
  );
  return text.split('\n').filter((line) => line !== '');
};
