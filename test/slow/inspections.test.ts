import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { startBrowser, takePhone } from '../journeys/browser.ts';
import { GateKeeper } from '../journeys/gate-keeper.ts';
import { startMock, type RunningMock } from '../journeys/running-mock.ts';
import { Traveller } from '../journeys/traveller.ts';

describe('people who look at a code (R21)', () => {
  let mock: RunningMock;
  let browser: Browser;
  let traveller: Traveller;
  let rider: { name: string; number: string };
  before(async () => {
    [mock, browser] = await Promise.all([startMock(), startBrowser()]);
    const phone = await takePhone(browser, mock.host);
    await phone.page.goto(mock.host);
    traveller = new Traveller(phone.page);
    rider = await traveller.buyTicket();
    await traveller.openService();
    await traveller.fillIn(rider);
    await traveller.apply();
    await traveller.passLiveness();
  });
  after(async () => {
    await browser.close();
    assert.equal(await mock.stop(), 0);
  });

  for (const [purpose, more] of [
    ['check', 'G901'],
    ['onboard', 'G901'],
    ['counter', '证明有效期至'],
  ] as const) {
    it(`${purpose}: whose it is, masked, and what the purpose needs`, async () => {
      const { page } = await takePhone(browser, mock.gate);
      await page.goto(`${mock.gate}/?purpose=${purpose}&lane=7`);
      const keeper = new GateKeeper(page);
      const code = await traveller.readCode();
      const masked = `${rider.number.slice(0, 2)}**************${rider.number.slice(-2)}`;
      await keeper.judge(code, masked, more);
      assert.ok(!(await keeper.screen.text()).includes(rider.name));
      await page.close();
    });
  }

  it('and after all that the gate still lets the same code in', async () => {
    const { page } = await takePhone(browser, mock.gate);
    await page.goto(mock.gate);
    await new GateKeeper(page).judge(await traveller.readCode(), '放行');
  });
});
