import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, CDPSession } from 'puppeteer-core';
import { position, startBrowser, takePhone, type Phone } from '../journeys/browser.ts';
import { startMock, type RunningMock } from '../journeys/running-mock.ts';
import { Traveller } from '../journeys/traveller.ts';

let mock: RunningMock;
let browser: Browser;
let settings: CDPSession;

/** What the traveller sets in the browser's settings. */
const setLocation = ({ context }: Phone, setting: 'granted' | 'denied' | 'prompt') =>
  settings.send('Browser.setPermission', {
    permission: { name: 'geolocation' },
    setting,
    origin: mock.host,
    ...(context.id === undefined ? {} : { browserContextId: context.id }),
  });

async function arrive(location: 'granted' | 'denied' | 'prompt' = 'granted') {
  const phone = await takePhone(browser, mock.host);
  await setLocation(phone, location);
  await phone.page.goto(mock.host);
  const traveller = new Traveller(phone.page);
  return { phone, traveller, screen: traveller.screen };
}

before(async () => {
  const unencrypted = `--host-resolver-rules=MAP unencrypted.example 127.0.0.1`;
  [mock, browser] = await Promise.all([
    startMock(),
    startBrowser({
      camera: ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', unencrypted],
    }),
  ]);
  settings = await browser.target().createCDPSession();
});
after(async () => {
  await browser.close();
  await mock.stop();
});

describe('what is named before the form is filled in (B4)', () => {
  it('R6: a location that was blocked before; once it is allowed, the form opens and finds the city', async () => {
    const { phone, screen } = await arrive('denied');
    await screen.press('温馨服务');
    await screen.press('乘坐旅客列车临时身份证明');
    await screen.sees('定位权限已关闭');
    await screen.sees('地址栏左端的图标');
    await screen.sees('公安制证窗口');
    await screen.press('再检查一次');
    await screen.sees('定位权限已关闭');
    await setLocation(phone, 'granted');
    await screen.press('再检查一次');
    await screen.sees('北京市');
    assert.deepEqual(phone.troubles, []);
  });

  it('R6, R7: whoever goes on without a location can look at a proof, but not apply', async () => {
    const { screen, traveller } = await arrive('denied');
    await screen.press('温馨服务');
    await screen.press('乘坐旅客列车临时身份证明');
    await screen.press('先继续');
    await screen.sees('定位权限已关闭，不会再弹出提示');
    const guest = await fetch(`${mock.host}/mock/identity-example`);
    await traveller.fillIn((await guest.json()) as { name: string; number: string });
    await screen.press('立即申请');
    await screen.sees('请先完成定位');
    await screen.press('查看');
    await screen.sees('开始核验');
  });

  it('a missing network, and nothing has to be pressed when it is back', async () => {
    const { phone, screen } = await arrive();
    await screen.press('温馨服务');
    await screen.sees('忘带身份证');
    await phone.page.setOfflineMode(true);
    await screen.press('乘坐旅客列车临时身份证明');
    await screen.sees('没有网络');
    await phone.page.setOfflineMode(false);
    await screen.sees('北京市');
    await screen.sees('立即申请');
  });

  it('a page that is not encrypted, where nothing can be done but go elsewhere', async () => {
    const { phone, screen } = await arrive();
    await phone.page.goto(mock.host.replace('localhost', 'unencrypted.example'));
    await screen.press('温馨服务');
    await screen.press('乘坐旅客列车临时身份证明');
    await screen.sees('此页面未加密');
    await screen.sees('以 https 开头的网址');
    await screen.seesNot('先继续');
  });
});

describe('a location that does not come (R6)', () => {
  it('unavailable, says so and how to mend it; 重新定位 finds it when it is there', async () => {
    const { phone, screen } = await arrive();
    const page = await phone.page.createCDPSession();
    // Without coordinates, Chromium says that the position is unavailable.
    await page.send('Emulation.setGeolocationOverride', {});
    await screen.press('温馨服务');
    await screen.press('乘坐旅客列车临时身份证明');
    await screen.sees('暂时无法确定位置');
    await screen.sees('在系统设置中打开“定位服务”');
    await page.send('Emulation.setGeolocationOverride', { ...position, accuracy: 10 });
    await screen.press('重新定位');
    await screen.sees('北京市');
  });

  it('not allowed this time, can be asked for again', async () => {
    const { phone, screen } = await arrive('prompt');
    await screen.press('温馨服务');
    await screen.press('乘坐旅客列车临时身份证明');
    // Headless Chromium dismisses the question as soon as it is asked.
    await screen.sees('您没有允许定位');
    await setLocation(phone, 'granted');
    await screen.press('重新定位');
    await screen.sees('北京市');
  });

  for (const [words, answer] of [
    ['定位用时过长', 'fail({ code: 3 })'],
    ['没有收到定位结果', ''],
  ] as const) {
    it(`${words}: what no browser here can be made to do is put in the place of its answer`, async () => {
      const { phone, screen } = await arrive();
      await phone.page.evaluateOnNewDocument(`
        Geolocation.prototype.getCurrentPosition = (succeed, fail) => { ${answer} };
        // The watchdog's half minute passes at once; nothing else here waits as long.
        const { setTimeout: wait } = window;
        window.setTimeout = (callback, delay) => wait(callback, delay === 30000 ? 0 : delay);
      `);
      await phone.page.reload();
      await screen.press('温馨服务');
      await screen.press('乘坐旅客列车临时身份证明');
      await screen.sees(words);
      await screen.sees('重新定位');
      await screen.sees('公安制证窗口');
    });
  }
});
