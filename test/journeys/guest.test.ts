import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { startBrowser, takePhone, type Phone } from './browser.ts';
import { GateKeeper } from './gate-keeper.ts';
import { startMock, type RunningMock } from './running-mock.ts';
import { Traveller } from './traveller.ts';

const minute = 60;
const hour = 60 * minute;

describe('a guest who forgot the identity card', () => {
  let mock: RunningMock;
  let browser: Browser;
  let phone: Phone;
  let traveller: Traveller;
  let gate: GateKeeper;
  let rider: { name: string; number: string };
  let code: string;

  before(async () => {
    [mock, browser] = await Promise.all([startMock(), startBrowser()]);
    phone = await takePhone(browser, mock.host);
    await phone.page.goto(mock.host);
    traveller = new Traveller(phone.page);
    const gatePage = (await takePhone(browser, mock.gate)).page;
    await gatePage.goto(mock.gate);
    gate = new GateKeeper(gatePage);
  });
  after(async () => {
    await browser.close();
    assert.equal(await mock.stop(), 0);
  });

  it('buys a ticket, opens 温馨服务 and applies with their identity (R1, R3, R6, R7)', async () => {
    rider = await traveller.buyTicket();
    await traveller.openService();
    await traveller.fillIn(rider);
    await traveller.apply();
  });

  it('passes the liveness check and sees the code, masked (R13, R14, R15)', async () => {
    await traveller.passLiveness();
    code = await traveller.readCode();
    const text = await traveller.screen.text();
    assert.ok(!text.includes(rider.name) && !text.includes(rider.number));
    await traveller.screen.sees(
      `${rider.number.slice(0, 2)}**************${rider.number.slice(-2)}`,
    );
  });

  it('is let in at the gate by what was read off the screen (R21, B2)', async () => {
    await gate.judge(code, '放行');
  });

  it('is not let in by the same code again', async () => {
    await mock.advance(5);
    await gate.judge(code, '此码已用过', 'U2');
  });

  it('sees another code a minute later, which the same ticket cannot enter with (R15)', async () => {
    await mock.advance(minute);
    const next = await traveller.readAnotherCode(code);
    await gate.judge(next, '车票已进站', 'U3');
    code = next;
  });

  it('gets a new code at once by 刷新 (R16)', async () => {
    await traveller.screen.press('刷新');
    code = await traveller.readAnotherCode(code);
  });

  it('sees the code go on changing with the network cut (B1)', async () => {
    await phone.page.setOfflineMode(true);
    await traveller.screen.sees('网络已断开');
    // A minute passes on the phone: nothing else moves its clock while it is offline.
    await phone.page.evaluate(() => {
      const { now } = Date;
      Date.now = () => now() + 60_000;
    });
    const offline = await traveller.readAnotherCode(code);
    await phone.page.setOfflineMode(false);
    await mock.advance(minute);
    await gate.judge(offline, '车票已进站');
    await traveller.screen.seesNot('网络已断开');
  });

  it('is asked for liveness again after 30 minutes, which uses no application (R17, R20)', async () => {
    await mock.advance(30 * minute);
    await traveller.screen.sees('请再次核验');
    await traveller.screen.seesNot('后自动更新');
    await traveller.screen.press('再次核验');
    await traveller.passLiveness();
    await traveller.readCode();
  });

  it('sees that the proof is over after 24 hours, and what to do (R10, R22)', async () => {
    await mock.advance(24 * hour);
    await traveller.screen.sees('证明已失效');
    await traveller.screen.sees('人工通道');
  });

  it('has seen no fault of the page on the way', () => {
    assert.deepEqual(phone.troubles, []);
    assert.doesNotMatch(mock.printed(), /Error|at .*\.js/);
  });
});
