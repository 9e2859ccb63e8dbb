import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import { startBrowser, takePhone } from '../journeys/browser.ts';
import { engines } from '../journeys/engines.ts';
import {
  changing,
  heardBy,
  listening,
  mayReachThisMachine,
  type Served,
} from '../journeys/examples.ts';
import { zxing } from '../journeys/qr-readers.ts';
import { startMock, type RunningMock } from '../journeys/running-mock.ts';
import { Screen } from '../journeys/screen.ts';
import { Traveller } from '../journeys/traveller.ts';

const component = '/embedding/component/';

/** Whoever looks into the frame that holds the component, once it is there. */
async function inFrame(
  page: Page,
): Promise<{ traveller: Traveller; askedForPlace: () => Promise<boolean> }> {
  const frame = await page.waitForFrame((each) => each.url().includes(component));
  return {
    traveller: new Traveller(page, zxing, frame),
    askedForPlace: () => frame.evaluate('askedForPlace') as Promise<boolean>,
  };
}

/** Says of each page and frame whether it has asked the browser where it is. */
const noticing = (page: Page) =>
  page.evaluateOnNewDocument(`
    window.askedForPlace = false;
    const ask = Geolocation.prototype.getCurrentPosition;
    Geolocation.prototype.getCurrentPosition = function (...given) {
      window.askedForPlace = true;
      return ask.apply(this, given);
    };
  `);

for (const engine of engines) {
  describe(`a frame of another origin, in ${engine.name}`, () => {
    let mock: RunningMock;
    let browser: Browser;
    let page: Page;
    before(async () => {
      [mock, browser] = await Promise.all([startMock(), engine.start()]);
      page = await engine.openTab(browser, mock.host);
      await listening(page);
      await noticing(page);
    });
    after(async () => {
      await browser.close();
      await mock.stop();
    });
    const eventNames = async () => (await heardBy(page)).map(({ name }) => name);

    it('B5: without `allow` says what is missing, to the traveller and to the host, and goes on', async () => {
      await page.goto(`${mock.host}/embedding/frame-forgotten/`);
      const { screen } = (await inFrame(page)).traveller;
      await screen.press('乘坐旅客列车临时身份证明');
      await screen.sees('所在的网页没有开放定位');
      await screen.sees('单独打开本服务');
      await screen.press('先继续');
      await screen.sees('所在的网页没有开放摄像头');
      await screen.press('先继续');
      await screen.sees('所在的网页没有开放定位。请改用 App');
      await screen.sees('立即申请');
      const errors = (await heardBy(page)).filter(({ name }) => name === 'error');
      assert.deepEqual(
        errors.map(({ detail }) => detail),
        [{ code: 'location-withheld' }, { code: 'camera-withheld' }],
      );
    });

    it('B5: with it, leads to the code: the session and the place come from the page around', async () => {
      await page.goto(`${mock.host}/embedding/frame/`);
      const { traveller, askedForPlace } = await inFrame(page);
      await traveller.chooseService();
      await traveller.screen.sees('阿*****山');
      await traveller.apply();
      await traveller.passLiveness();
      await traveller.readCode();
      assert.equal(await page.evaluate('askedForPlace'), true);
      assert.equal(await askedForPlace(), false);
      assert.deepEqual(await eventNames(), ['opened', 'issued', 'code-shown']);
    });

    it('B5: closes by the bridge, and opens again with the code that it was left with (R19)', async () => {
      const { traveller } = await inFrame(page);
      await traveller.leaveService();
      const around = new Screen(page);
      await around.press('临时乘车身份证明');
      const again = (await inFrame(page)).traveller;
      await again.chooseService();
      await again.readCode();
      assert.deepEqual((await heardBy(page)).find(({ name }) => name === 'closed')?.detail, {
        reason: 'finished',
      });
    });
  });
}

describe('what the page around a frame has to say', () => {
  let mock: RunningMock;
  let browser: Browser;
  before(async () => {
    const args = [mayReachThisMachine];
    [mock, browser] = await Promise.all([startMock(), startBrowser({ args })]);
  });
  after(async () => {
    await browser.close();
    await mock.stop();
  });

  async function open(
    address: string,
    changes: Record<string, (served: Served) => Partial<Served>>,
  ) {
    const { page } = await takePhone(browser, new URL(address).origin);
    await listening(page);
    await noticing(page);
    await changing(page, changes);
    await page.goto(address);
    return page;
  }
  /** A header of the page without this part. */
  const without =
    (name: string, part: RegExp) =>
    ({ headers }: Served): Partial<Served> => {
      const header = headers[name] ?? '';
      assert.match(header, part);
      return { headers: { ...headers, [name]: header.replace(part, '') } };
    };

  it('B5: `frame-src`, or there is no frame', async () => {
    const page = await open(`${mock.host}/embedding/frame/`, {
      '/embedding/frame/': without('content-security-policy', /frame-src [^;]*;?/),
    });
    await page.waitForFunction('violations.length > 0');
    assert.match(String(await page.evaluate('violations.join()')), /^frame-src/);
  });

  it('B5: `Permissions-Policy` with the frame’s origin, or what `allow` says is not lent', async () => {
    const page = await open(`${mock.host}/embedding/frame/`, {
      '/embedding/frame/': without('permissions-policy', / "[^"]*"/g),
    });
    const { screen } = (await inFrame(page)).traveller;
    await screen.press('乘坐旅客列车临时身份证明');
    // The place is asked for over the bridge.
    await screen.sees('所在的网页没有开放摄像头');
  });

  it('B5: a page of another origin is refused by the frame’s `frame-ancestors`', async () => {
    const { page } = await takePhone(browser, mock.host);
    const troubles: string[] = [];
    page.on('console', (message) => troubles.push(message.text()));
    await page.goto(`${mock.gate}/embedding/frame/`);
    await page.waitForFrame((each) => each.url().startsWith('chrome-error:'));
    assert.match(troubles.join(), /frame-ancestors/);
  });

  it('B5: and without that, neither hears nor is heard: the component goes on as in a browser', async () => {
    const page = await open(`${mock.gate}/embedding/frame/`, {
      [component]: without('content-security-policy', /frame-ancestors [^;]*;?/),
    });
    const { traveller, askedForPlace } = await inFrame(page);
    // Whatever it may say to the frame, in the hope of being taken for the host.
    await page.evaluate(() => {
      const { port1, port2 } = new MessageChannel();
      const welcome = { version: 1, type: 'welcome', payload: { capabilities: ['session'] } };
      port1.postMessage(JSON.stringify(welcome));
      const frame = document.querySelector('iframe')!.contentWindow!;
      frame.postMessage('boarding-id-host-message', '*', [port2]);
      frame.postMessage(JSON.stringify(welcome), '*');
    });
    await traveller.chooseService();
    await traveller.fillIn({ name: '何清和', number: '' });
    await traveller.screen.sees('北京市');
    assert.equal(await askedForPlace(), true);
    assert.deepEqual(await heardBy(page), []);
  });
});
