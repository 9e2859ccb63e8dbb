import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser, Permission } from 'puppeteer-core';
import { madeUpNumber } from '../../mock-server/testbed/people.ts';
import { startBrowser, takePhone, type Phone } from '../journeys/browser.ts';
import { startMock, type RunningMock } from '../journeys/running-mock.ts';
import { Traveller } from '../journeys/traveller.ts';

const fakeDevice = '--use-fake-device-for-media-stream';
const android =
  'Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 (KHTML, like Gecko) ' +
  'Chrome/126.0.0.0 Mobile Safari/537.36';

let mock: RunningMock;
let travellers = 0;

/**
 * A traveller of their own, who has come as far as the stub and presses 打开摄像头.
 *
 * @param named what the readiness check has named before, and the traveller goes on in spite of
 */
async function openCamera(
  browser: Browser,
  {
    granted = ['geolocation', 'camera'],
    userAgent,
    named,
  }: { granted?: Permission[]; userAgent?: string; named?: string } = {},
) {
  const phone = await takePhone(browser, mock.host, granted);
  if (userAgent) await phone.page.setUserAgent({ userAgent });
  await phone.page.evaluateOnNewDocument(keepStreams);
  await phone.page.goto(mock.host);
  const traveller = new Traveller(phone.page);
  const { screen } = traveller;
  await traveller.openService();
  if (named) {
    await screen.sees(named);
    await screen.press('先继续');
  }
  const sequence = String(++travellers).padStart(3, '0');
  await traveller.fillIn({ name: '江晚', number: madeUpNumber('11', '19880808', sequence) });
  await traveller.apply();
  await screen.press('开始核验');
  await screen.press('打开摄像头');
  const finish = async (prompts: number) => {
    for (let prompt = 0; prompt < prompts; prompt++) await screen.press('完成了，下一步');
    await traveller.readCode();
    assert.equal(await lights(phone), 'off');
    assert.deepEqual(phone.troubles, []);
  };
  return { phone, screen, finish };
}

/** Runs in the page: remembers what cameras were opened, so that their light can be looked at. */
const keepStreams = `
  const streams = (window.openedStreams = []);
  const original = MediaDevices.prototype.getUserMedia;
  MediaDevices.prototype.getUserMedia = async function (...args) {
    const stream = await original.apply(this, args);
    streams.push(stream);
    return stream;
  };
`;

const light = `(openedStreams.flatMap((stream) => stream.getTracks())
  .some(({ readyState }) => readyState === 'live') ? 'on' : 'off')`;
const lights = ({ page }: Phone): Promise<unknown> => page.evaluate(light);

/** What the traveller sets in the browser's settings, or answers when asked. */
async function setCamera(browser: Browser, phone: Phone, setting: 'granted' | 'denied' | 'prompt') {
  const session = await browser.target().createCDPSession();
  await session.send('Browser.setPermission', {
    permission: { name: 'camera' },
    setting,
    origin: mock.host,
    ...(phone.context.id === undefined ? {} : { browserContextId: phone.context.id }),
  });
  // Not detached: what a session has set is undone when it goes.
}

before(async () => {
  mock = await startMock();
});
after(async () => {
  assert.equal(await mock.stop(), 0);
});

describe('a camera that works, with a fake device and real permissions', () => {
  let browser: Browser;
  before(async () => {
    browser = await startBrowser({ camera: [fakeDevice] });
  });
  after(() => browser.close());

  it('not allowed, the traveller is told where to allow it; once allowed, it goes on', async () => {
    const { phone, screen, finish } = await openCamera(browser, {
      granted: ['geolocation'],
      userAgent: android,
      named: '摄像头权限已关闭',
    });
    await screen.sees('摄像头权限未打开');
    await screen.sees('请在手机“设置”的应用权限中');
    await setCamera(browser, phone, 'granted');
    await screen.press('再试一次');
    await finish(3);
  });

  it('a question that was dismissed can be answered again', async () => {
    const { phone, screen, finish } = await openCamera(browser, {
      granted: ['geolocation'],
      named: '摄像头权限已关闭',
    });
    await screen.sees('摄像头权限未打开');
    await screen.sees('请点地址栏旁的图标');
    // Headless Chromium dismisses the question as soon as it is asked.
    await setCamera(browser, phone, 'prompt');
    await screen.press('再试一次');
    await screen.sees('还没有允许使用摄像头');
    await setCamera(browser, phone, 'granted');
    await screen.press('再试一次');
    await finish(3);
  });

  it('taken away in the middle, it says so, and goes on where it was', async () => {
    const { phone, screen, finish } = await openCamera(browser);
    await screen.press('完成了，下一步');
    assert.equal(await lights(phone), 'on');
    await setCamera(browser, phone, 'denied');
    await screen.sees('摄像头中途关闭了');
    await setCamera(browser, phone, 'granted');
    await screen.press('再试一次');
    await finish(2);
  });

  it('with another page in front the camera goes off, and on return one tap goes on', async () => {
    const { phone, screen, finish } = await openCamera(browser);
    await screen.press('完成了，下一步');
    const other = await phone.context.newPage();
    await other.bringToFront();
    await phone.page.waitForFunction(`document.visibilityState === 'hidden'`, { polling: 100 });
    assert.equal(await lights(phone), 'off');
    await phone.page.bringToFront();
    await screen.sees('您离开过本页，摄像头已关闭');
    await screen.press('打开摄像头');
    await finish(2);
  });

  it('cancelled, the camera goes off', async () => {
    const { phone, screen } = await openCamera(browser);
    await screen.sees('完成了，下一步');
    assert.equal(await lights(phone), 'on');
    await screen.press('取消');
    await screen.sees('立即申请');
    assert.equal(await lights(phone), 'off');
  });
});

describe('a phone without a camera', () => {
  it('is told so, and can finish the demonstration without one', async () => {
    const browser = await startBrowser({ camera: [] });
    try {
      const { screen, finish } = await openCamera(browser, { named: '没有找到摄像头' });
      await screen.sees('没有找到摄像头');
      await screen.press('不用摄像头继续');
      await finish(3);
    } finally {
      await browser.close();
    }
  });
});

describe('a camera with its lens covered', () => {
  it('is off again, and the traveller is told what to do', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'boarding-id-black-'));
    const file = join(folder, 'black.y4m');
    writeFileSync(file, blackVideo());
    const browser = await startBrowser({
      camera: [fakeDevice, `--use-file-for-fake-video-capture=${file}`],
    });
    try {
      const { phone, screen, finish } = await openCamera(browser);
      // 5 s of black, which a machine under load makes longer.
      await phone.page.waitForFunction(`openedStreams.length > 0 && ${light} === 'off'`, {
        polling: 100,
        timeout: 30_000,
      });
      await screen.sees('画面是黑的');
      await screen.press('不用摄像头继续');
      await finish(3);
    } finally {
      await browser.close();
      rmSync(folder, { recursive: true });
    }
  });
});

/** Two black frames in YUV4MPEG2, which Chromium repeats. */
function blackVideo(): Buffer {
  const [width, height] = [640, 480];
  const luma = Buffer.alloc(width * height, 16);
  const chroma = Buffer.alloc((width * height) / 2, 128);
  const frame = Buffer.concat([Buffer.from('FRAME\n'), luma, chroma]);
  const header = Buffer.from(`YUV4MPEG2 W${width} H${height} F30:1 Ip A1:1 C420mpeg2\n`);
  return Buffer.concat([header, frame, frame]);
}
