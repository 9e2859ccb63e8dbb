import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

/** Decoders that are not ours, for pictures of the screen. */
export type QrReader = (picture: Uint8Array) => Promise<string[]>;

const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');

export const zxing: QrReader = async (png) => {
  await prepareZXingModule({
    overrides: { wasmBinary: readFileSync(wasm).buffer },
    fireImmediately: true,
  });
  const found = await readBarcodes(png, { formats: ['QRCode'], tryHarder: true });
  return found.map(({ text }) => text);
};

/** Debian's `zbar-tools`, reading from its standard input. */
const zbarFrom =
  (input: string): QrReader =>
  async (picture) => {
    const { status, stdout, stderr } = spawnSync(
      'zbarimg',
      ['--quiet', '--raw', '--nodbus', '-Sdisable', '-Sqr.enable', input],
      { input: picture, encoding: 'utf8' },
    );
    // 4: there is no code.
    if (status !== 0 && status !== 4) throw new Error(`zbarimg: ${status} ${stderr}`);
    return stdout.split('\n').filter((line) => line !== '');
  };

export const zbar = zbarFrom('-');
/** Of the picture of a display. */
export const zbarOfDisplay = zbarFrom('xwd:-');
