import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import { openTab, startBrowser, takePhone, type Phone } from '../journeys/browser.ts';
import { GateKeeper } from '../journeys/gate-keeper.ts';
import { startMock, type RunningMock } from '../journeys/running-mock.ts';
import { letPass } from '../journeys/time-travel.ts';
import { Traveller } from '../journeys/traveller.ts';

/** The driver turns throttling off; here it is on, as it is for everybody. */
const driverTurnsOff = [
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
];

/** How often a page's timer of no delay runs in a second of the other's time. */
async function timersInASecond(page: Page, clock: Page): Promise<number> {
  await page.evaluate(`{
    window.ran = 0;
    window.again = () => { window.ran++; setTimeout(() => window.again(), 0); };
    window.again();
  }`);
  await clock.evaluate(() => new Promise((resolve) => setTimeout(resolve, 1000)));
  return page.evaluate('window.again = () => {}, window.ran') as Promise<number>;
}

describe('B3: a code in a tab that is not in front', () => {
  let mock: RunningMock;
  let browser: Browser;
  let phone: Phone;
  let other: Page;
  let keeper: GateKeeper;
  let traveller: Traveller;

  before(async () => {
    [mock, browser] = await Promise.all([
      startMock(),
      startBrowser({ ignoreDefaultArgs: driverTurnsOff }),
    ]);
    phone = await takePhone(browser, mock.host);
    await phone.page.goto(mock.host);
    traveller = new Traveller(phone.page);
    const rider = await traveller.buyTicket();
    await traveller.openService();
    await traveller.fillIn(rider);
    await traveller.apply();
    await traveller.passLiveness();
    await traveller.readCode();
    const { page } = await takePhone(browser, mock.gate);
    await page.goto(`${mock.gate}/?purpose=counter`);
    keeper = new GateKeeper(page);
    other = await openTab(phone);
  });
  after(async () => {
    await browser.close();
    await mock.stop();
  });

  /** Nothing is waited for: the first picture after the return holds the code of this minute. */
  async function returnsAfter(minutes: number): Promise<void> {
    await Promise.all([letPass(phone.page, minutes), mock.advance(minutes * 60)]);
    await phone.page.bringToFront();
    await keeper.judge(await traveller.readCode(), '有效');
    assert.deepEqual(phone.troubles, []);
  }

  it('whose timers the browser slows down shows the right code at once when it is seen again', async () => {
    await other.bringToFront();
    assert.equal(await phone.page.evaluate('document.visibilityState'), 'hidden');
    const [hidden, inFront] = [
      await timersInASecond(phone.page, other),
      await timersInASecond(other, other),
    ];
    assert.ok(hidden < inFront / 4, `${hidden} timers in a second, and ${inFront} in front`);
    await returnsAfter(12);
  });

  it('that the browser has frozen shows the right code at once when it is seen again', async () => {
    await other.bringToFront();
    const session = await phone.page.createCDPSession();
    await session.send('Page.setWebLifecycleState', { state: 'frozen' });
    await session.send('Page.setWebLifecycleState', { state: 'active' });
    await returnsAfter(12);
  });
});
