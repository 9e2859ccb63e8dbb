import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { BadDay, calls } from '../journeys/bad-day.ts';
import { startBrowser } from '../journeys/browser.ts';
import { letPass } from '../journeys/time-travel.ts';
import type { Trouble } from '../journeys/unreliable-network.ts';

let browser: Browser;
let day: BadDay;

/** Presses 刷新 and waits for a code that was not there before. */
async function refresh(): Promise<void> {
  const code = await day.traveller.readCode();
  await day.traveller.screen.press('刷新');
  await day.traveller.readAnotherCode(code);
}

const happenedOnce = (troubles: Trouble[]): void =>
  assert.deepEqual(
    troubles.map(({ times }) => times),
    troubles.map(() => 1),
  );

describe('B6: a bad network', () => {
  before(async () => {
    browser = await startBrowser();
  });
  after(() => browser.close());
  afterEach(() => day.end());

  it('that loses the answer to each call once: a guest goes on, and one proof is issued', async () => {
    day = await BadDay.begin(browser);
    const { network, traveller } = day;
    const lost = (
      [
        'metadata',
        'place',
        'apply',
        'attempt',
        'complete',
        'codes',
        'view',
        'completeView',
      ] as const
    ).map((name) => network.order(calls[name], 'answer lost'));
    await day.obtain('as a guest');
    // Of the liveness provider's answer, which is not the component's: one tap.
    await traveller.screen.press('再试一次');
    await refresh();
    await network.mock.advance(30 * 60);
    await traveller.screen.press('再次核验');
    await traveller.passLiveness();
    await traveller.readCode();
    happenedOnce(lost);
    await day.hasUsed(1);
  });

  it('where the browser repeats by itself what was lost: a registered user goes on too', async () => {
    day = await BadDay.begin(browser, true);
    const { network, traveller } = day;
    const { screen } = traveller;
    await day.signIn();
    const lost = (['me', 'place', 'apply', 'complete', 'codes', 'records', 'signOut'] as const).map(
      (name) => network.order(calls[name], 'answer lost'),
    );
    await day.obtain('signed in');
    await refresh();
    await screen.press('申请记录');
    await screen.sees('已通过');
    await screen.press('返回');
    await traveller.readCode();
    await screen.press('返回');
    await screen.press('返回');
    await screen.press('我的');
    await screen.press('退出登录');
    await lost.at(-1)?.happened;
    await screen.sees('成年旅客');
    happenedOnce(lost);
    await day.hasUsed(1);
  });

  it('that comes back while an answer is missing: the screen says so, and goes on by itself', async () => {
    day = await BadDay.begin(browser);
    const { network, page, traveller } = day;
    const lost = network.order(calls.complete, 'answer cut', Infinity);
    await day.obtain('as a guest');
    await traveller.screen.sees('结果还没收到');
    await page.setOfflineMode(true);
    lost.over();
    await page.setOfflineMode(false);
    await traveller.readCode();
    await day.hasUsed(1);
  });

  it('B1, R17: none at all: the code changes until the deadline, says how long, and stops', async () => {
    day = await BadDay.begin(browser);
    const { network, page, traveller } = day;
    const { screen } = traveller;
    await day.obtain('as a guest');
    let code = await traveller.readCode();
    await page.setOfflineMode(true);
    await screen.sees('还可自动更新 30 分钟');
    for (const left of [20, 10, 1]) {
      await letPass(page, left === 1 ? 9 : 10);
      await screen.sees(`还可自动更新 ${left} 分钟`);
      code = await traveller.readAnotherCode(code);
    }
    await screen.press('刷新');
    await screen.sees('没有网络，仍显示当前二维码');
    assert.equal(await traveller.readCode(), code);
    await letPass(page, 1);
    await screen.sees('请再次核验');
    await screen.seesNot('后自动更新');
    await screen.press('再次核验');
    await screen.sees('网络不通');
    await network.mock.advance(30 * 60);
    await page.setOfflineMode(false);
    await screen.seesNot('网络不通');
    await screen.press('再次核验');
    await traveller.passLiveness();
    await traveller.readCode();
    await day.hasUsed(1);
  });
});
