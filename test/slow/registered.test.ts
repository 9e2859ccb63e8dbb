import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { people } from '../../mock-server/testbed/people.ts';
import { startBrowser, takePhone, type Phone } from '../journeys/browser.ts';
import { startMock, type RunningMock } from '../journeys/running-mock.ts';
import { Traveller } from '../journeys/traveller.ts';

const { identity } = people.find(({ id }) => id === 'adult')!;

describe('a signed-in traveller', () => {
  let mock: RunningMock;
  let browser: Browser;
  let phone: Phone;
  let traveller: Traveller;

  before(async () => {
    [mock, browser] = await Promise.all([startMock(), startBrowser()]);
    phone = await takePhone(browser, mock.host);
    await phone.page.goto(mock.host);
    traveller = new Traveller(phone.page);
  });
  after(async () => {
    await browser.close();
    assert.equal(await mock.stop(), 0);
  });

  it('finds their identity filled in, masked, and how many applications are left (R4, R9)', async () => {
    const { screen } = traveller;
    await screen.press('登录');
    await screen.press('成年旅客');
    await traveller.openService();
    await screen.sees('林*满');
    await screen.sees('本月还可申请 3 次');
    const html = await phone.page.content();
    const text = await screen.text();
    assert.ok(![html, text].some((seen) => seen.includes(identity.number)));
  });

  it('applies without typing anything (R4)', async () => {
    await traveller.apply();
    await traveller.passLiveness();
    await traveller.readCode();
  });

  it('sees the code again after a reload, without another check (R19)', async () => {
    await phone.page.reload();
    await traveller.screen.press('乘坐旅客列车临时身份证明');
    await traveller.readCode();
  });

  it('finds the application among the records (R23)', async () => {
    const { screen } = traveller;
    await screen.press('申请记录');
    await screen.sees('北京市');
    await screen.press('返回');
    await screen.sees('后自动更新');
  });

  it('must verify again after signing out and in (R19)', async () => {
    const { screen } = traveller;
    await screen.press('返回');
    await screen.press('返回');
    await screen.press('我的');
    await screen.press('退出登录');
    await screen.press('成年旅客');
    await traveller.openService();
    await screen.sees('您已有一份证明');
    await screen.seesNot('后自动更新');
    await screen.press('查看');
    await traveller.passLiveness();
    await traveller.readCode();
  });

  it('has seen no fault of the page on the way', () => {
    assert.deepEqual(phone.troubles, []);
    assert.doesNotMatch(mock.printed(), /Error|at .*\.js/);
  });
});

describe('the second way in', () => {
  it('更多 → 温馨服务 → 临时身份证明 ends at the same page (R2)', async () => {
    const [mock, browser] = await Promise.all([startMock(), startBrowser()]);
    try {
      const { page } = await takePhone(browser, mock.host);
      await page.goto(mock.host);
      const { screen } = new Traveller(page);
      await screen.press('更多');
      await screen.sees('忘带证件、重点旅客');
      await screen.press('温馨服务');
      await screen.sees('忘带身份证，在线申请');
      await screen.press('临时身份证明');
      await screen.sees('证件号码');
      await screen.sees('立即申请');
    } finally {
      await browser.close();
      await mock.stop();
    }
  });
});
