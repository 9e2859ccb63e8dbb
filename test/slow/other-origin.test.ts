import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { startBrowser, takePhone, type Phone } from '../journeys/browser.ts';
import { GateKeeper } from '../journeys/gate-keeper.ts';
import { startMock, type RunningMock } from '../journeys/running-mock.ts';
import { Traveller } from '../journeys/traveller.ts';

describe('a host page on another origin than the issuer (CORS)', () => {
  let host: RunningMock;
  let issuer: RunningMock;
  let browser: Browser;
  let phone: Phone;
  let gate: GateKeeper;
  let traveller: Traveller;

  before(async () => {
    [host, issuer, browser] = await Promise.all([startMock(), startMock(), startBrowser()]);
    phone = await takePhone(browser, host.host);
    await phone.page.goto(`${host.host}/?issuer=${encodeURIComponent(issuer.host)}`);
    traveller = new Traveller(phone.page);
    const gatePage = (await takePhone(browser, issuer.gate)).page;
    await gatePage.goto(issuer.gate);
    gate = new GateKeeper(gatePage);
  });
  after(async () => {
    await browser.close();
    await Promise.all([host.stop(), issuer.stop()]);
  });

  it('takes a guest from the home page to an open gate', async () => {
    const rider = await traveller.buyTicket();
    await traveller.openService();
    await traveller.fillIn(rider);
    await traveller.apply();
    await traveller.passLiveness();
    await gate.judge(await traveller.readCode(), '放行');
    assert.deepEqual(phone.troubles, []);
  });

  it('has asked that issuer and no other', async () => {
    const metadata = await fetch(`${issuer.host}/.well-known/boarding-id`);
    const { issuer: name } = (await metadata.json()) as { issuer: string };
    assert.equal(name, issuer.host);
    assert.notEqual(issuer.host, host.host);
  });
});
