import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { madeUpNumber } from '../../mock-server/testbed/people.ts';
import { startBrowser, takePhone, type Phone } from '../journeys/browser.ts';
import { Keyboard } from '../journeys/keyboard.ts';
import { startMock, type RunningMock } from '../journeys/running-mock.ts';
import { Traveller } from '../journeys/traveller.ts';

describe('whoever has only a keyboard', () => {
  let mock: RunningMock;
  let browser: Browser;
  let phone: Phone;
  let keyboard: Keyboard;
  let traveller: Traveller;
  before(async () => {
    [mock, browser] = await Promise.all([startMock(), startBrowser()]);
    phone = await takePhone(browser, mock.host);
    await phone.page.goto(mock.host);
    keyboard = new Keyboard(phone.page);
    traveller = new Traveller(phone.page);
  });
  after(async () => {
    await browser.close();
    await mock.stop();
  });

  it('opens the service and fills the form in', async () => {
    await keyboard.press('温馨服务');
    await traveller.screen.sees('忘带身份证？在线申请');
    await keyboard.press('乘坐旅客列车临时身份证明');
    await traveller.screen.sees('北京市');
    await keyboard.type('姓名', '何清和');
    await keyboard.type('证件号码', madeUpNumber('11', '19880214', '053'));
    await keyboard.press('我为本人办理', 'Space');
  });

  it('applies, passes the check and has the code', async () => {
    await keyboard.press('立即申请');
    await traveller.screen.sees('开始核验');
    await keyboard.press('开始核验');
    await keyboard.press('打开摄像头');
    for (let prompt = 0; prompt < 3; prompt++) await keyboard.press('完成了，下一步');
    assert.ok(await traveller.readCode());
  });

  it('gets a new code, sees it large, and comes back by Escape', async () => {
    const code = await traveller.readCode();
    await keyboard.press('刷新');
    assert.notEqual(await traveller.readAnotherCode(code), code);
    await keyboard.press('扫码模式');
    await traveller.screen.sees('退出扫码模式');
    await phone.page.keyboard.press('Escape');
    await traveller.screen.seesNot('退出扫码模式');
    assert.match(await keyboard.focused(), /^扫码模式/);
  });

  it('reads the questions and comes back to the code', async () => {
    await keyboard.press('须知与问答');
    await traveller.screen.sees('闸机没有放行？');
    await keyboard.press('返回');
    assert.ok(await traveller.readCode());
    assert.deepEqual(phone.troubles, []);
  });
});
