import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { BadDay, calls } from '../journeys/bad-day.ts';
import { startBrowser } from '../journeys/browser.ts';

let browser: Browser;
let day: BadDay;

describe('a network that stays bad for a while', () => {
  before(async () => {
    browser = await startBrowser();
  });
  after(() => browser.close());
  beforeEach(async () => {
    day = await BadDay.begin(browser);
  });
  afterEach(() => day.end());

  for (const fault of ['request lost', 'answer lost', 'answer cut', '503', 'not JSON'] as const) {
    it(`${fault}: says that the answer has not come, and goes on by one tap (B6)`, async () => {
      const { network, traveller } = day;
      const trouble = network.order(calls.complete, fault, Infinity);
      await day.obtain('as a guest');
      await traveller.screen.sees('结果还没收到');
      trouble.over();
      await traveller.screen.press('重试');
      await traveller.readCode();
      assert.ok(trouble.times > 1);
      await day.hasUsed(1);
    });
  }

  it('a form says what happened, keeps what was typed, and submits by one tap', async () => {
    const { network, page, traveller } = day;
    const { screen } = traveller;
    await traveller.openService();
    await traveller.fillIn(day.identity);
    await screen.sees('北京市');
    for (const [fault, words] of [
      ['not JSON', '系统出了点问题'],
      ['503', '服务暂时不可用'],
    ] as const) {
      const trouble = network.order(calls.apply, fault, Infinity);
      await screen.press('立即申请');
      await screen.sees(words);
      trouble.over();
    }
    await page.setOfflineMode(true);
    await screen.press('立即申请');
    await screen.sees('网络不通');
    await page.setOfflineMode(false);
    await screen.seesNot('网络不通');
    await traveller.apply();
    await screen.sees('开始核验');
  });

  it('tells that it is slow, and is silent when the answer has come', async () => {
    const { network, traveller } = day;
    const held = network.order(calls.place, 'answer held');
    await traveller.openService();
    await traveller.screen.sees('网络较慢');
    held.over();
    await traveller.screen.sees('北京市');
    await traveller.screen.seesNot('网络较慢');
  });

  it('finds city, identity and records by itself when the phone is online again', async () => {
    const { network, page, traveller } = day;
    const { screen } = traveller;
    await day.signIn();
    const troubles = [calls.place, calls.me, calls.metadata].map((call) =>
      network.order(call, 'request lost', Infinity),
    );
    await traveller.openService();
    await screen.sees('没有连上服务');
    await page.setOfflineMode(true);
    troubles.forEach(({ over }) => over());
    await page.setOfflineMode(false);
    await screen.sees('林*满');
    await screen.sees('北京市');
    await screen.seesNot('没有连上服务');
    await page.setOfflineMode(true);
    await screen.press('申请记录');
    await screen.sees('网络不通');
    await page.setOfflineMode(false);
    await screen.sees('这段时间没有申请');
  });

  it('a double tap wherever one can tap asks once, and uses one application', async () => {
    const { traveller } = day;
    const { screen } = traveller;
    await traveller.openService();
    await traveller.fillIn(day.identity);
    await screen.sees('北京市');
    await screen.press('立即申请', 2);
    await screen.press('开始核验', 2);
    await screen.press('打开摄像头', 2);
    while (!(await screen.text()).includes('后自动更新')) {
      if ((await screen.text()).includes('完成了，下一步')) await screen.press('完成了，下一步', 2);
    }
    await screen.press('刷新', 2);
    await traveller.readCode();
    await day.hasUsed(1);
  });
});
