import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { BadDay } from '../journeys/bad-day.ts';
import { startBrowser } from '../journeys/browser.ts';

let browser: Browser;
let day: BadDay;

describe('R14: a review that takes longer', () => {
  before(async () => {
    browser = await startBrowser();
  });
  after(() => browser.close());
  beforeEach(async () => {
    day = await BadDay.begin(browser);
    await day.network.mock.post('/mock/review', { late: true });
  });
  afterEach(() => day.end());

  const decide = (approve: boolean) => day.network.mock.post('/mock/review/decisions', { approve });

  it('tells a registered user on return that it was refused, and that nothing was used', async () => {
    const { network, page, traveller } = day;
    await day.signIn();
    await day.obtain('signed in');
    await traveller.screen.sees('正在审核');
    await page.goto('about:blank');
    await decide(false);
    await page.goto(network.mock.host);
    await traveller.screen.press('温馨服务');
    await traveller.screen.sees('审核未通过');
    await day.hasUsed(0);
  });

  it('is told to a guest by 查看: still under way, and then the code', async () => {
    const { traveller } = day;
    await day.obtain('as a guest');
    await traveller.screen.sees('正在审核');
    for (const outcome of ['正在审核', '后自动更新']) {
      await day.reload();
      await traveller.fillIn(day.identity);
      await traveller.screen.press('查看');
      await traveller.passLiveness();
      await traveller.screen.sees(outcome);
      await decide(true);
    }
    await day.hasUsed(1);
  });
});
