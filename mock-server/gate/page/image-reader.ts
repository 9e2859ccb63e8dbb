import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

/** What can hold a picture of a code: a frame of the camera, or an image file once decoded. */
export type Picture = HTMLVideoElement | ImageBitmap;

/** Reads the texts of the QR codes in a picture; more than two are not looked for. */
export type ReadPicture = (picture: Picture) => Promise<string[]>;

/** The part of the Barcode Detection API that is used; TypeScript's DOM library lacks it. */
interface NativeDetector {
  detect: (source: ImageBitmapSource) => Promise<{ rawValue: string }[]>;
}
interface NativeDetectorClass {
  new (options: { formats: string[] }): NativeDetector;
  getSupportedFormats: () => Promise<string[]>;
}

/**
 * The browser's own detector where it reads QR codes, else ZXing as WebAssembly.
 *
 * @param wasm address of `zxing_reader.wasm` on the page's own origin; fetched when first needed
 */
export async function pictureReader(wasm: string): Promise<ReadPicture> {
  return (await nativeReader()) ?? zxingReader(wasm);
}

async function nativeReader(): Promise<ReadPicture | undefined> {
  if (!('BarcodeDetector' in globalThis)) return undefined;
  const { BarcodeDetector: Detector } = globalThis as unknown as {
    BarcodeDetector: NativeDetectorClass;
  };
  // Chromium on Linux has the class, but supports no format at all.
  if (!(await Detector.getSupportedFormats()).includes('qr_code')) return undefined;
  const detector = new Detector({ formats: ['qr_code'] });
  return async (picture) => (await detector.detect(picture)).map(({ rawValue }) => rawValue);
}

/** Of a picture as it is read, pixels. */
const longestSide = 2_400;

export function zxingReader(wasm: string): ReadPicture {
  // By itself the library would fetch its WebAssembly from a CDN.
  prepareZXingModule({ overrides: { locateFile: () => wasm } });
  const canvas = document.createElement('canvas');
  return async (picture) => {
    const [width, height] =
      picture instanceof HTMLVideoElement
        ? [picture.videoWidth, picture.videoHeight]
        : [picture.width, picture.height];
    if (width === 0 || height === 0) return [];
    // A photograph of 20 megapixels tells no more than one of four, and takes five times as long.
    const scale = Math.min(1, longestSide / Math.max(width, height));
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (!context) throw new Error('This browser draws no pictures.');
    context.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const pixels = context.getImageData(0, 0, canvas.width, canvas.height);
    const found = await readBarcodes(pixels, {
      formats: ['QRCode'],
      tryHarder: true,
      maxNumberOfSymbols: 2,
    });
    return found.map(({ text }) => text);
  };
}
