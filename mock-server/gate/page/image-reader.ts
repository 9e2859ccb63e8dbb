import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';

/** What can hold a picture of a code: a frame of the camera, or an image file once decoded. */
export type Picture = HTMLVideoElement | ImageBitmap;

/** Reads the text of the QR in a picture, or nothing where there is none. */
export type ReadPicture = (picture: Picture) => Promise<string | undefined>;

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
  return async (picture) => (await detector.detect(picture))[0]?.rawValue;
}

export function zxingReader(wasm: string): ReadPicture {
  // By itself the library would fetch its WebAssembly from a CDN.
  prepareZXingModule({ overrides: { locateFile: () => wasm } });
  const canvas = document.createElement('canvas');
  return async (picture) => {
    const [width, height] =
      picture instanceof HTMLVideoElement
        ? [picture.videoWidth, picture.videoHeight]
        : [picture.width, picture.height];
    if (width === 0 || height === 0) return undefined;
    canvas.width = width;
    canvas.height = height;
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (!context) throw new Error('This browser draws no pictures.');
    context.drawImage(picture, 0, 0);
    const [found] = await readBarcodes(context.getImageData(0, 0, width, height), {
      formats: ['QRCode'],
      tryHarder: true,
      maxNumberOfSymbols: 1,
    });
    return found?.text;
  };
}
