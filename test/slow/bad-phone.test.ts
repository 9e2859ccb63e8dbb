import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import { madeUpNumber } from '../../mock-server/testbed/people.ts';
import { startBrowser, takePhone } from '../journeys/browser.ts';
import { GateKeeper } from '../journeys/gate-keeper.ts';
import { startMock, type RunningMock } from '../journeys/running-mock.ts';
import { Traveller } from '../journeys/traveller.ts';

let mock: RunningMock;
let browser: Browser;
before(async () => {
  [mock, browser] = await Promise.all([startMock(), startBrowser()]);
});
after(async () => {
  await browser.close();
  await mock.stop();
});

/** A phone on which a script has run before any of the page's own. */
async function phoneWith(fault: string) {
  const phone = await takePhone(browser, mock.host);
  await phone.page.evaluateOnNewDocument(fault);
  await phone.page.goto(mock.host);
  return { ...phone, traveller: new Traveller(phone.page) };
}

/**
 * In the page: the wall clock is off by `hours`, whoever reads it, and can be set again. The mock app, which
 * would give the component the mock's own clock, does not learn it.
 */
const wrongBy = (hours: number): string => `{
  const realFetch = fetch;
  window.fetch = (request, ...rest) =>
    String(request.url ?? request).endsWith('/mock/clock')
      ? Promise.reject(new TypeError('no clock'))
      : realFetch(request, ...rest);
  window.wrongBy = ${hours} * 3_600_000;
  const RealDate = Date;
  globalThis.Date = class extends RealDate {
    constructor(...given) {
      given.length > 0 ? super(...given) : super(RealDate.now() + window.wrongBy);
    }
    static now() {
      return RealDate.now() + window.wrongBy;
    }
  };
}`;

describe('B3: a phone whose clock is wrong', () => {
  let people = 0;

  async function isValidAtTheCounter(traveller: Traveller): Promise<void> {
    const { page } = await takePhone(browser, mock.gate);
    await page.goto(`${mock.gate}/?purpose=counter`);
    await new GateKeeper(page).judge(await traveller.readCode(), '有效');
    await page.close();
  }

  /** Until the component has noticed and asked the issuer for the time, it may show no code. */
  async function setClock(page: Page, hours: number): Promise<void> {
    const timeAsked = page.waitForResponse((answer) =>
      answer.url().endsWith('/.well-known/boarding-id'),
    );
    await page.evaluate(`window.wrongBy = ${hours} * 3_600_000`);
    await timeAsked;
  }

  for (const hours of [-24, 24]) {
    it(`by ${hours} h shows the code that is valid now, and still when it is set right while open`, async () => {
      const { page, traveller, troubles } = await phoneWith(wrongBy(hours));
      await traveller.openService();
      const number = madeUpNumber('11', '19880214', String(100 + ++people));
      await traveller.fillIn({ name: '何清和', number });
      await traveller.screen.sees('手机时间不准');
      await traveller.apply();
      await traveller.passLiveness();
      await isValidAtTheCounter(traveller);
      for (const wrong of [0, -hours / 2]) {
        await setClock(page, wrong);
        await isValidAtTheCounter(traveller);
      }
      assert.deepEqual(troubles, []);
    });
  }
});

describe('R18: a signed-in traveller whose browser keeps nothing is told so, and verifies again', () => {
  const refusing = (name: string): string =>
    `IDBObjectStore.prototype.put = () => { throw new DOMException('', '${name}'); };`;

  for (const [what, fault] of Object.entries({
    'no key can be stored': refusing('DataCloneError'),
    'the disk is full': refusing('QuotaExceededError'),
    'storage is blocked': `IDBFactory.prototype.open = () => { throw new DOMException('', 'SecurityError'); };`,
  })) {
    it(what, async () => {
      const { page, traveller, troubles } = await phoneWith(fault);
      const { screen } = traveller;
      await traveller.signIn('成年旅客');
      await traveller.openService();
      await screen.sees('此浏览器不保存数据');
      await screen.press('先继续');
      await screen.sees('林*满');
      const button = (await screen.text()).includes('您已有一份证明') ? '查看' : '立即申请';
      await screen.sees('北京市');
      await screen.press(button);
      await traveller.passLiveness();
      await traveller.readCode();
      await screen.sees('此浏览器无法保存二维码');
      await page.reload();
      await traveller.chooseService();
      await screen.press('先继续');
      await screen.sees('您已有一份证明');
      await screen.seesNot('后自动更新');
      assert.deepEqual(troubles, []);
    });
  }
});
