import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import { startBrowser, takePhone } from '../journeys/browser.ts';
import { GateKeeper } from '../journeys/gate-keeper.ts';
import { startMock, type RunningMock } from '../journeys/running-mock.ts';
import { Traveller } from '../journeys/traveller.ts';

describe('a gate whose network is cut', () => {
  let mock: RunningMock;
  let browser: Browser;
  let gatePage: Page;
  let gate: GateKeeper;
  let code: string;

  before(async () => {
    [mock, browser] = await Promise.all([startMock(), startBrowser()]);
    const phone = await takePhone(browser, mock.host);
    await phone.page.goto(mock.host);
    const traveller = new Traveller(phone.page);
    const rider = await traveller.buyTicket();
    await traveller.openService();
    await traveller.fillIn(rider);
    await traveller.apply();
    await traveller.passLiveness();
    code = await traveller.readCode();
    gatePage = (await takePhone(browser, mock.gate)).page;
    await gatePage.goto(mock.gate);
    gate = new GateKeeper(gatePage);
    await gate.screen.sees('联机');
  });
  after(async () => {
    await browser.close();
    await mock.stop();
  });

  it('goes on admitting with the keys and lists it fetched before (B2)', async () => {
    await gatePage.setOfflineMode(true);
    await gate.judge(code, '放行', '脱机');
  });

  it('remembers what it admitted', async () => {
    await gate.screen.fill('通道', '2');
    await gate.judge(code, '此码已用过');
    assert.match(await gate.screen.text(), /脱机/);
  });
});
