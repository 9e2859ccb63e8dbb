import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import { people } from '../../mock-server/testbed/people.ts';
import { startBrowser, takePhone, type Phone } from './browser.ts';
import { recordsOf } from './records-of.ts';
import { Traveller } from './traveller.ts';
import { UnreliableNetwork } from './unreliable-network.ts';

const { identity } = people.find(({ id }) => id === 'adult')!;
const complete = 'POST /v1/applications/:id/liveness';
const service = '乘坐旅客列车临时身份证明';

let network: UnreliableNetwork;
let browser: Browser;
let phone: Phone;
let page: Page;
let traveller: Traveller;

async function signIn(): Promise<void> {
  await traveller.screen.press('登录');
  await traveller.screen.press('成年旅客');
}

/** The page is loaded anew, and the service opened again. */
async function reload(): Promise<void> {
  await page.reload();
  await traveller.screen.press(service);
}

/** The renderer dies, and the traveller, who is still signed in to the app, opens it again. */
async function crash(): Promise<void> {
  const signedIn = await page.evaluate(() => ({ ...sessionStorage }));
  const crashed = new Promise((resolve) => page.once('error', resolve));
  const session = await page.createCDPSession();
  // It never answers: who would?
  session.send('Page.crash').catch(() => undefined);
  await crashed;
  page = await phone.context.newPage();
  await page.evaluateOnNewDocument((kept: Record<string, string>) => {
    for (const [key, value] of Object.entries(kept)) sessionStorage.setItem(key, value);
  }, signedIn);
  await page.goto(network.mock.host);
  traveller = new Traveller(page);
  await traveller.screen.press('温馨服务');
  await traveller.screen.press(service);
}

/** As many applications used as proofs issued: at most one, whatever was interrupted. */
async function usesOne(): Promise<void> {
  const { statuses, applicationsLeft } = await recordsOf(network.mock, 'adult');
  assert.equal(applicationsLeft, 2);
  assert.equal(statuses.filter((status) => status === 'approved').length, 1);
}

describe('B6: interrupted at every state', () => {
  before(async () => {
    browser = await startBrowser();
  });
  after(() => browser.close());
  beforeEach(async () => {
    network = await UnreliableNetwork.start();
    phone = await takePhone(browser, network.mock.host);
    page = phone.page;
    await page.goto(network.mock.host);
    traveller = new Traveller(page);
  });
  afterEach(async () => {
    assert.deepEqual(phone.troubles, []);
    await phone.context.close();
    assert.equal(await network.stop(), 0);
  });

  it('by a reload, a registered user goes on where it can, with one application used', async () => {
    const { screen } = traveller;
    await signIn();
    await traveller.openService();
    await reload();
    await traveller.apply();
    await screen.sees('开始核验');
    await reload();
    await traveller.apply();
    await screen.press('开始核验');
    await screen.sees('打开摄像头');
    await reload();
    assert.equal((await recordsOf(network.mock, 'adult')).applicationsLeft, 3);

    await traveller.apply();
    const waiting = network.order(complete, 'answer held');
    await traveller.passLiveness();
    await waiting.happened;
    await screen.sees('正在确认');
    await reload();
    await screen.press('核验并出示');
    await traveller.passLiveness();
    await traveller.readCode();

    await reload();
    const code = await traveller.readCode();
    const refreshing = network.order('POST /v1/codes', 'answer held');
    await screen.press('刷新');
    await refreshing.happened;
    await reload();
    assert.equal(await traveller.readCode(), code);

    await screen.press('申请记录');
    await screen.sees('已通过');
    await reload();
    await traveller.readCode();
    await screen.press('须知与问答');
    await screen.sees('问答');
    await reload();
    await traveller.readCode();
    await usesOne();
  });

  it('by a reload, a guest begins again, and the proof that was issued is found', async () => {
    const { screen } = traveller;
    await traveller.openService();
    await traveller.fillIn(identity);
    await reload();
    await traveller.fillIn(identity);
    await traveller.apply();
    await screen.press('开始核验');
    await screen.sees('打开摄像头');
    await reload();
    await traveller.fillIn(identity);
    await traveller.apply();
    const waiting = network.order(complete, 'answer held');
    await traveller.passLiveness();
    await waiting.happened;
    await reload();
    await usesOne();
    await traveller.fillIn(identity);
    await traveller.apply();
    await traveller.passLiveness();
    await traveller.readCode();
    await reload();
    await screen.seesNot('后自动更新');
    await traveller.fillIn(identity);
    await screen.press('查看');
    await traveller.passLiveness();
    await traveller.readCode();
    await usesOne();
  });

  it('by a crash while waiting, a registered user finds what was issued', async () => {
    await signIn();
    await traveller.openService();
    await traveller.apply();
    const waiting = network.order(complete, 'answer held');
    await traveller.passLiveness();
    await waiting.happened;
    await crash();
    await traveller.screen.press('核验并出示');
    await traveller.passLiveness();
    await traveller.readCode();
    await usesOne();
  });
});

describe('R14: a review that takes longer', () => {
  before(async () => {
    browser = await startBrowser();
  });
  after(() => browser.close());
  beforeEach(async () => {
    network = await UnreliableNetwork.start();
    phone = await takePhone(browser, network.mock.host);
    page = phone.page;
    await page.goto(network.mock.host);
    traveller = new Traveller(page);
    await network.mock.post('/mock/review', { late: true });
  });
  afterEach(async () => {
    assert.deepEqual(phone.troubles, []);
    await phone.context.close();
    assert.equal(await network.stop(), 0);
  });

  const decide = (approve: boolean) => network.mock.post('/mock/review/decisions', { approve });

  it('is asked about while it is shown, closed and loaded anew, and its outcome told', async () => {
    const { screen } = traveller;
    await signIn();
    await traveller.openService();
    await traveller.apply();
    await traveller.passLiveness();
    await screen.sees('正在审核');
    // Closed: the host goes elsewhere, and comes back.
    await screen.press('返回');
    await screen.press('返回');
    await traveller.openService();
    await screen.sees('正在审核');
    await reload();
    await screen.sees('正在审核');
    const asked = network.order('GET /v1/applications/:id', '503');
    await asked.happened;
    await decide(true);
    await screen.press('核验并出示');
    await traveller.passLiveness();
    await traveller.readCode();
    await usesOne();
  });

  it('tells a registered user on return that it was refused, and that nothing was used', async () => {
    const { screen } = traveller;
    await signIn();
    await traveller.openService();
    await traveller.apply();
    await traveller.passLiveness();
    await screen.sees('正在审核');
    await page.goto('about:blank');
    await decide(false);
    await page.goto(network.mock.host);
    await traveller.openService();
    await screen.sees('审核未通过');
    assert.equal((await recordsOf(network.mock, 'adult')).applicationsLeft, 3);
  });

  it('is told to a guest by 查看: still under way, and then the code', async () => {
    const { screen } = traveller;
    await traveller.openService();
    await traveller.fillIn(identity);
    await traveller.apply();
    await traveller.passLiveness();
    await screen.sees('正在审核');
    for (const outcome of ['正在审核', '后自动更新']) {
      await reload();
      await traveller.fillIn(identity);
      await screen.press('查看');
      await traveller.passLiveness();
      await screen.sees(outcome);
      await decide(true);
    }
    await usesOne();
  });
});

describe('two tabs of one browser', () => {
  before(async () => {
    browser = await startBrowser();
  });
  after(() => browser.close());

  it('that apply at once use one application and show one grant; a sign-out is for both', async () => {
    network = await UnreliableNetwork.start();
    phone = await takePhone(browser, network.mock.host);
    const first = phone.page;
    const second = await phone.context.newPage();
    const travellers: Traveller[] = [];
    for (const tab of [first, second]) {
      await tab.bringToFront();
      await tab.goto(network.mock.host);
      traveller = new Traveller(tab);
      travellers.push(traveller);
      await signIn();
      await traveller.openService();
      await traveller.apply();
      await traveller.screen.press('开始核验');
      await traveller.screen.press('打开摄像头');
      for (let prompt = 0; prompt < 2; prompt++) await traveller.screen.press('完成了，下一步');
    }
    // Both answers come when both have been decided on.
    const held = [first, second].map(() => network.order(complete, 'answer held'));
    for (const [index, { screen }] of travellers.entries()) {
      await screen.page.bringToFront();
      await screen.press('完成了，下一步');
      await held[index]!.happened;
    }
    for (const { over } of held) over();
    for (const shown of travellers) {
      await shown.screen.page.bringToFront();
      const code = await shown.readCode();
      await shown.screen.press('刷新');
      await shown.readAnotherCode(code);
    }
    await usesOne();

    const { screen } = travellers[0]!;
    await first.bringToFront();
    await screen.press('返回');
    await screen.press('返回');
    await screen.press('我的');
    await screen.press('退出登录');
    await second.bringToFront();
    await travellers[1]!.screen.seesNot('后自动更新');
    await phone.context.close();
    assert.equal(await network.stop(), 0);
  });
});
