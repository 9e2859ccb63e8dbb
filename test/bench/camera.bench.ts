import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { create } from 'qrcode';
import { madeUpNumber } from '../../mock-server/testbed/people.ts';
import { startBrowser, takePhone } from '../journeys/browser.ts';
import { startMock } from '../journeys/running-mock.ts';
import { Screen } from '../journeys/screen.ts';
import { Traveller } from '../journeys/traveller.ts';
import { seededRandom } from '../protocol/seeded-random.ts';
import { photograph } from './camera-picture.ts';
import { quantile } from './quantile.ts';
import type { BenchRow } from './row.ts';

const [width, height] = [1280, 720];
const framesPerSecond = 10;
/** Frames out of sight, so long that the next is a new one to the page, and frames in sight. */
const [away, inSight] = [25, 10];
const passes = 10;

/**
 * A video (Y4M) in which a code, given as its digits, comes into sight, 400 px wide, and goes again. Its corner is white while
 * it does, which is how the page is told when the frame was there.
 */
function video(code: string): Buffer {
  const { modules } = create(code, { errorCorrectionLevel: 'M' });
  const isDark = (row: number, column: number): boolean => Boolean(modules.get(row, column));
  const taken = photograph({ size: modules.size, isDark }, 400, seededRandom(2), false);
  const colourless = Buffer.alloc((width * height) / 2, 128);
  const empty = Buffer.concat([Buffer.alloc(width * height, 90), colourless]);
  const full = Buffer.from(empty);
  for (let row = 0; row < taken.height; row++) {
    const line = taken.grey.subarray(row * taken.width, (row + 1) * taken.width);
    full.set(line, (row + 20) * width + 400);
  }
  for (let row = 0; row < 32; row++) full.fill(235, row * width, row * width + 32);
  const frame = Buffer.from('FRAME\n');
  const frames = [...Array(away).fill(empty), ...Array(inSight).fill(full)] as Buffer[];
  return Buffer.concat([
    Buffer.from(`YUV4MPEG2 W${width} H${height} F${framesPerSecond}:1 Ip A1:1 C420jpeg\n`),
    ...frames.flatMap((each) => [frame, each]),
  ]);
}

/** In the page: when a frame with the code was shown, and when the verdict stood over the page after it. */
const watch = `(() => {
  const deep = (root, selector) => {
    for (const element of root.querySelectorAll('*')) {
      if (element.matches(selector)) return element;
      const inner = element.shadowRoot && deep(element.shadowRoot, selector);
      if (inner) return inner;
    }
  };
  const video = deep(document, 'video');
  const context = new OffscreenCanvas(4, 4).getContext('2d', { willReadFrequently: true });
  window.taken = [];
  let since;
  const frame = () => {
    context.drawImage(video, 0, 0, 32, 32, 0, 0, 4, 4);
    const inSight = context.getImageData(1, 1, 1, 1).data[0] > 180;
    if (inSight && since === undefined) since = performance.now();
    if (!inSight) since = undefined;
    video.requestVideoFrameCallback(frame);
  };
  video.requestVideoFrameCallback(frame);
  const root = video.getRootNode();
  let last;
  new MutationObserver(() => {
    const verdict = root.querySelector('.verdict');
    if (!verdict || since === undefined || since === last) return;
    last = since;
    if (verdict.dataset.kind !== 'pass') throw new Error(verdict.textContent);
    window.taken.push(performance.now() - since);
  }).observe(root, { subtree: true, childList: true });
})()`;

/** From the first frame of a camera that holds a code to the verdict on the gate page, in real Chromium. */
export async function benchCamera(): Promise<BenchRow[]> {
  const mock = await startMock();
  const folder = mkdtempSync(join(tmpdir(), 'boarding-id-camera-'));
  const file = join(folder, 'code.y4m');
  const phones = await startBrowser();
  try {
    const { page } = await takePhone(phones, mock.host);
    await page.goto(`${mock.host}/#/boarding-id/application`);
    const traveller = new Traveller(page);
    await traveller.fillIn({ name: '何清和', number: madeUpNumber('11', '19880214', '053') });
    await traveller.apply();
    await traveller.passLiveness();
    writeFileSync(file, video(await traveller.readCode()));
  } finally {
    await phones.close();
  }
  const gates = await startBrowser({
    camera: [
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${file}`,
    ],
  });
  try {
    const { page } = await takePhone(gates, mock.gate);
    await page.goto(`${mock.gate}/?purpose=counter`);
    await new Screen(page).press('打开摄像头');
    const refused = new Promise<never>((_, reject) => page.once('pageerror', reject));
    await page.evaluate(watch);
    const enough = page.waitForFunction(`taken.length >= ${passes}`, { timeout: 90_000 });
    await Promise.race([enough, refused]);
    const milliseconds = (await page.evaluate('taken')) as number[];
    const row = (name: string, part: number): BenchRow => ({
      what: `camera frame to verdict, ${name} of ${milliseconds.length}`,
      value: Math.round(quantile(milliseconds, part)),
      unit: 'ms',
      goal: '(none)',
      met: true,
    });
    return [row('p50', 0.5), row('p99', 0.99)];
  } finally {
    await gates.close();
    await mock.stop();
    rmSync(folder, { recursive: true });
  }
}
