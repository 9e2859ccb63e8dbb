import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { startBrowser, takePhone } from '../journeys/browser.ts';
import { GateKeeper } from '../journeys/gate-keeper.ts';
import { zbar, zxing } from '../journeys/qr-readers.ts';
import { startMock, type RunningMock } from '../journeys/running-mock.ts';
import { Traveller } from '../journeys/traveller.ts';

describe('the code screen, read by ZBar', () => {
  let mock: RunningMock;
  let browser: Browser;
  before(async () => {
    [mock, browser] = await Promise.all([startMock(), startBrowser()]);
  });
  after(async () => {
    await browser.close();
    await mock.stop();
  });

  for (const theme of ['light', 'dark']) {
    it(`says what ZXing reads there, in the ${theme} theme, and the gate admits it`, async () => {
      const { page } = await takePhone(browser, mock.host);
      await page.goto(`${mock.host}/?theme=${theme}`);
      const traveller = new Traveller(page, zbar);
      const rider = await traveller.buyTicket();
      await traveller.openService();
      await traveller.fillIn(rider);
      await traveller.apply();
      await traveller.passLiveness();
      await traveller.screen.sees('后自动更新');
      const picture = await page.screenshot();
      const read = await zbar(picture);
      assert.deepEqual(read, await zxing(picture));
      const gatePage = (await takePhone(browser, mock.gate)).page;
      await gatePage.goto(mock.gate);
      await new GateKeeper(gatePage).judge(read[0]!, '放行');
    });
  }
});
