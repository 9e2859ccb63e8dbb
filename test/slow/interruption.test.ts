import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { BadDay, calls } from '../journeys/bad-day.ts';
import { openTab, startBrowser } from '../journeys/browser.ts';
import { Traveller } from '../journeys/traveller.ts';

let browser: Browser;
let day: BadDay;

describe('B6: interrupted', () => {
  before(async () => {
    browser = await startBrowser();
  });
  after(() => browser.close());
  beforeEach(async () => {
    day = await BadDay.begin(browser);
  });
  afterEach(() => day.end());

  it('by a reload at every state, a registered user goes on where it can', async () => {
    const { network, page, traveller } = day;
    const { screen } = traveller;
    await day.signIn();
    await traveller.openService();
    await day.reload();
    await traveller.apply();
    await screen.sees('开始核验');
    await day.reload();
    await traveller.apply();
    await screen.press('开始核验');
    await screen.sees('打开摄像头');
    await day.reload();
    await day.hasUsed(0);

    await traveller.apply();
    const waiting = network.order(calls.complete, 'answer held');
    await traveller.passLiveness();
    await waiting.happened;
    await screen.sees('正在确认');
    await page.reload();
    await screen.press('核验并出示');
    await traveller.passLiveness();
    await traveller.readCode();

    await day.reload();
    const code = await traveller.readCode();
    const refreshing = network.order(calls.codes, 'answer held');
    await screen.press('刷新');
    await refreshing.happened;
    await day.reload();
    assert.equal(await traveller.readCode(), code);

    await screen.press('申请记录');
    await screen.sees('已通过');
    await day.reload();
    await traveller.readCode();
    await screen.press('须知与问答');
    await screen.sees('常见问题');
    await day.reload();
    await traveller.readCode();
    await day.hasUsed(1);
  });

  it('by a reload at every state, a guest begins again and finds what was issued', async () => {
    const { network, traveller } = day;
    const { screen } = traveller;
    await traveller.openService();
    await traveller.fillIn(day.identity);
    await day.reload();
    await traveller.fillIn(day.identity);
    await traveller.apply();
    await screen.press('开始核验');
    await screen.sees('打开摄像头');
    await day.reload();
    await traveller.fillIn(day.identity);
    await traveller.apply();
    const waiting = network.order(calls.complete, 'answer held');
    await traveller.passLiveness();
    await waiting.happened;
    await day.reload();
    await day.hasUsed(1);
    await traveller.fillIn(day.identity);
    await traveller.apply();
    await traveller.passLiveness();
    await traveller.readCode();
    await day.reload();
    await screen.seesNot('后自动更新');
    await day.hasUsed(1);
  });

  it('by a crash while waiting, a registered user finds what was issued', async () => {
    const { network } = day;
    await day.signIn();
    const waiting = network.order(calls.complete, 'answer held');
    await day.obtain('signed in');
    await waiting.happened;
    await day.crash();
    const { screen } = day.traveller;
    await screen.press('温馨服务');
    await screen.press('核验并出示');
    await day.traveller.passLiveness();
    await day.traveller.readCode();
    await day.hasUsed(1);
  });

  it('by a review: it is asked about while shown, closed and loaded anew, and its outcome told (R14)', async () => {
    const { network, traveller } = day;
    const { screen } = traveller;
    await network.mock.post('/mock/review', { late: true });
    await day.signIn();
    await day.obtain('signed in');
    await screen.sees('正在审核');
    // Closed: the traveller goes elsewhere in the app, and comes back.
    await screen.press('返回');
    await screen.press('返回');
    await traveller.openService();
    await screen.sees('正在审核');
    await day.reload();
    await screen.sees('正在审核');
    await network.order(calls.application, '503').happened;
    await network.mock.post('/mock/review/decisions', { approve: true });
    await screen.press('核验并出示');
    await traveller.passLiveness();
    await traveller.readCode();
    await day.hasUsed(1);
  });

  it('by another tab: both apply at once, one application is used, and both show its code', async () => {
    const { network, phone, page, traveller } = day;
    const other = await openTab(phone);
    await other.goto(network.mock.host);
    const tabs = [traveller, new Traveller(other)] as const;
    for (const tab of tabs) {
      await tab.screen.page.bringToFront();
      await day.signIn(tab);
      await tab.openService();
      await tab.apply();
      await tab.screen.press('开始核验');
      await tab.screen.press('打开摄像头');
      for (let prompt = 0; prompt < 2; prompt++) await tab.screen.press('完成了，下一步');
    }
    // Both answers come when both applications have been decided on.
    const held = tabs.map(() => network.order(calls.complete, 'answer held'));
    for (const [index, { screen }] of tabs.entries()) {
      await screen.page.bringToFront();
      // Behind the other tab the camera went off.
      await screen.press('打开摄像头');
      await screen.press('完成了，下一步');
      await held[index]?.happened;
    }
    for (const { over } of held) over();
    for (const tab of tabs) {
      await tab.screen.page.bringToFront();
      const code = await tab.readCode();
      await tab.screen.press('刷新');
      await tab.readAnotherCode(code);
    }
    await day.hasUsed(1);

    const { screen } = traveller;
    await page.bringToFront();
    await screen.press('返回');
    await screen.press('返回');
    await screen.press('我的');
    await screen.press('退出登录');
    await other.bringToFront();
    await tabs[1].screen.seesNot('后自动更新');
  });
});
