import jsQR from 'jsqr';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { create, type QRCodeErrorCorrectionLevel, type QRCodeSegment } from 'qrcode';
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import { seededRandom } from '../protocol/seeded-random.ts';
import { photograph, toPgm, toRgba, type Picture, type Symbol } from './camera-picture.ts';
import type { BenchRow } from './row.ts';

/** Pixels, quiet zone included. */
const widths = [400, 350, 320, 290, 260, 242, 230, 215, 202, 185, 170, 155, 140, 125, 108];
/** Pictures of each symbol at each width; 95 % of them are to be read. */
const pictures = 20;
const part = 0.95;
const glareWidth = 290;

const random = seededRandom(4);
const noise = (length: number, alphabet: string): string =>
  Array.from({ length }, () => random.pick(alphabet.split(''))).join('');
const digits = '0123456789';
const base45 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:';

/** Each as long as the real one: what is in it does not matter to a reader. */
const symbols: Record<string, Symbol> = {
  ours: symbolOf([{ data: noise(508, digits), mode: 'numeric' }], 'M'),
  '40 characters': symbolOf([{ data: noise(40, base45.toLowerCase()), mode: 'byte' }], 'M'),
  'EU certificate': symbolOf([{ data: noise(570, base45), mode: 'alphanumeric' }], 'Q'),
  'SMART Health Card': symbolOf(
    [
      { data: Buffer.from('shc:/'), mode: 'byte' },
      { data: noise(2380, digits), mode: 'numeric' },
    ],
    'L',
  ),
};

function symbolOf(
  segments: (QRCodeSegment | { data: string; mode: string })[],
  errorCorrectionLevel: QRCodeErrorCorrectionLevel,
): Symbol {
  const { modules } = create(segments as QRCodeSegment[], { errorCorrectionLevel });
  return { size: modules.size, isDark: (row, column) => Boolean(modules.get(row, column)) };
}

/** How many of the pictures it finds a QR code in; none of them can be read as another. */
type Reader = (pictures: readonly Picture[]) => Promise<number>;

const readers: Record<string, Reader> = {
  zxing: async (taken) => {
    const wasm = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm');
    prepareZXingModule({ overrides: { wasmBinary: readFileSync(wasm).buffer } });
    let read = 0;
    for (const picture of taken) {
      const found = await readBarcodes(toRgba(picture) as ImageData, { formats: ['QRCode'] });
      if (found.length > 0) read++;
    }
    return read;
  },
  ZBar: async (taken) => {
    const folder = mkdtempSync(join(tmpdir(), 'boarding-id-legibility-'));
    const files = taken.map((picture, i) => {
      const file = join(folder, `${i}.pgm`);
      writeFileSync(file, toPgm(picture));
      return file;
    });
    const options = ['--xml', '--quiet', '--nodbus', '-Sdisable', '-Sqr.enable', ...files];
    let xml = '';
    try {
      xml = execFileSync('zbarimg', options, { encoding: 'utf8', stdio: 'pipe' });
    } catch (error) {
      // It ends with 4 when a picture held nothing, and has written down the others all the same.
      const { status, stdout } = error as { status?: number; stdout?: string };
      if (status !== 4) throw new Error('zbarimg is missing: install zbar-tools', { cause: error });
      xml = stdout ?? '';
    }
    rmSync(folder, { recursive: true });
    return xml.split('<source ').filter((source) => source.includes("type='QR-Code'")).length;
  },
  jsQR: async (taken) =>
    taken.filter((picture) => {
      const { data, width, height } = toRgba(picture);
      return jsQR(data, width, height, { inversionAttempts: 'dontInvert' });
    }).length,
};

const take = (symbol: Symbol, width: number, glare: boolean): Picture[] =>
  Array.from({ length: pictures }, () => photograph(symbol, width, random, glare));

/** The smallest width at which, and above which, the symbol is read; `undefined` if at none. */
async function legibleFrom(symbol: Symbol): Promise<Record<string, number | undefined>> {
  const smallest: Record<string, number | undefined> = {};
  const left = new Set(Object.keys(readers));
  for (const width of widths) {
    const taken = take(symbol, width, false);
    for (const name of left) {
      if ((await readers[name]!(taken)) >= part * pictures) smallest[name] = width;
      else left.delete(name);
    }
    if (left.size === 0) break;
  }
  return smallest;
}

const goals: Record<string, number> = { zxing: 185, ZBar: 202 };

/** How small a code can be in a camera's picture and still be read, and whether glare stops it. */
export async function benchLegibility(): Promise<BenchRow[]> {
  const found = new Map<string, Record<string, number | undefined>>();
  for (const [name, symbol] of Object.entries(symbols)) found.set(name, await legibleFrom(symbol));
  const [ours, ...others] = [...found];
  const glaring = take(symbols['ours']!, glareWidth, true);
  const rows: BenchRow[] = [];
  for (const [reader, read] of Object.entries(readers)) {
    const width = ours?.[1][reader] ?? Number.NaN;
    const goal = goals[reader];
    rows.push({
      what: `legible from, by ${reader} (${pictures} pictures a width)`,
      value: width,
      unit: 'px',
      beside: others.map(([name, by]) => `${name} ${by[reader] ?? '> 400'}`).join(', '),
      goal: goal === undefined ? '(none)' : `≤ ${goal}`,
      met: goal === undefined || width <= goal,
    });
    const share = (100 * (await read(glaring))) / pictures;
    rows.push({
      what: `read with glare at ${glareWidth} px, by ${reader}`,
      value: share,
      unit: '%',
      goal: reader in goals ? '100' : '(none)',
      met: !(reader in goals) || share === 100,
    });
  }
  return rows;
}
