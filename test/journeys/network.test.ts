import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { people } from '../../mock-server/testbed/people.ts';
import { startBrowser, takePhone, type Phone } from './browser.ts';
import { recordsOf } from './records-of.ts';
import { letPass } from './time-travel.ts';
import { Traveller } from './traveller.ts';
import { UnreliableNetwork, type Trouble } from './unreliable-network.ts';

const { identity } = people.find(({ id }) => id === 'adult')!;

const calls = {
  metadata: 'GET /.well-known/boarding-id',
  me: 'GET /v1/me',
  place: 'POST /v1/places',
  apply: 'POST /v1/applications',
  attempt: 'POST /mock/liveness/:transaction',
  complete: 'POST /v1/applications/:id/liveness',
  codes: 'POST /v1/codes',
  view: 'POST /v1/views',
  completeView: 'POST /v1/views/:id/liveness',
  records: 'GET /v1/records',
  signOut: 'DELETE /v1/grants',
} as const;

let network: UnreliableNetwork;
let browser: Browser;
let phone: Phone;
let traveller: Traveller;

async function begin(keepsConnections = false): Promise<void> {
  network = await UnreliableNetwork.start(keepsConnections);
  phone = await takePhone(browser, network.mock.host);
  await phone.page.goto(network.mock.host);
  traveller = new Traveller(phone.page);
}

async function signIn(): Promise<void> {
  await traveller.screen.press('登录');
  await traveller.screen.press('成年旅客');
}

/** Presses 刷新 and waits for a code that was not there before. */
async function refresh(): Promise<void> {
  const code = await traveller.readCode();
  await traveller.screen.press('刷新');
  await traveller.readAnotherCode(code);
}

const happenedOnce = (troubles: Trouble[]): void =>
  assert.deepEqual(
    troubles.map(({ times }) => times),
    troubles.map(() => 1),
  );

describe('B6: a network that loses the answer to each call of the journey, once', () => {
  before(async () => {
    browser = await startBrowser();
  });
  after(() => browser.close());
  afterEach(async () => {
    assert.deepEqual(phone.troubles, []);
    await phone.context.close();
    assert.equal(await network.stop(), 0);
  });

  it('a guest goes on from call to call, and one proof is issued', async () => {
    await begin();
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
    const { screen } = traveller;
    await traveller.openService();
    await traveller.fillIn(identity);
    await traveller.apply();
    await traveller.passLiveness();
    await screen.press('再试一次');
    await refresh();
    await network.mock.advance(30 * 60);
    await screen.press('再次核验');
    await traveller.passLiveness();
    await traveller.readCode();
    happenedOnce(lost);
    const { statuses, applicationsLeft } = await recordsOf(network.mock, 'adult');
    assert.deepEqual([statuses, applicationsLeft], [['approved'], 2]);
  });

  it('a registered user goes on too, where the browser repeats by itself what was lost', async () => {
    await begin(true);
    const { screen } = traveller;
    await signIn();
    const lost = (['me', 'place', 'apply', 'complete', 'codes', 'records', 'signOut'] as const).map(
      (name) => network.order(calls[name], 'answer lost'),
    );
    await traveller.openService();
    await screen.sees('林*满');
    await traveller.apply();
    await traveller.passLiveness();
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
    const { statuses, applicationsLeft } = await recordsOf(network.mock, 'adult');
    assert.deepEqual([statuses, applicationsLeft], [['approved'], 2]);
  });
});

describe('a network that stays bad for a while', () => {
  before(async () => {
    browser = await startBrowser();
  });
  after(() => browser.close());
  beforeEach(() => begin());
  afterEach(async () => {
    assert.deepEqual(phone.troubles, []);
    await phone.context.close();
    assert.equal(await network.stop(), 0);
  });

  it('says that the answer has not come, and goes on by one tap, with one proof (B6)', async () => {
    const { screen } = traveller;
    const lost = network.order(calls.complete, 'answer lost', Infinity);
    await traveller.openService();
    await traveller.fillIn(identity);
    await traveller.apply();
    await traveller.passLiveness();
    await screen.sees('结果还没收到');
    lost.over();
    await screen.press('重试');
    await traveller.readCode();
    assert.ok(lost.times > 1);
    assert.equal((await recordsOf(network.mock, 'adult')).applicationsLeft, 2);
  });

  it('goes on by itself when the phone is online again', async () => {
    const { screen } = traveller;
    const lost = network.order(calls.complete, 'answer cut', Infinity);
    await traveller.openService();
    await traveller.fillIn(identity);
    await traveller.apply();
    await traveller.passLiveness();
    await screen.sees('结果还没收到');
    await phone.page.setOfflineMode(true);
    lost.over();
    await phone.page.setOfflineMode(false);
    await traveller.readCode();
    assert.equal((await recordsOf(network.mock, 'adult')).applicationsLeft, 2);
  });

  it('a form says what happened, keeps what was typed, and submits by one tap', async () => {
    const { screen } = traveller;
    await traveller.openService();
    await traveller.fillIn(identity);
    await screen.sees('北京市');
    for (const [fault, words] of [
      ['not JSON', '系统出了点问题'],
      ['503', '服务暂时不可用'],
    ] as const) {
      const trouble = network.order(calls.apply, fault, Infinity);
      await screen.press('立即申请');
      await screen.sees(words);
      trouble.over();
    }
    await phone.page.setOfflineMode(true);
    await screen.press('立即申请');
    await screen.sees('网络不通');
    await phone.page.setOfflineMode(false);
    await screen.seesNot('网络不通');
    await traveller.apply();
    await screen.sees('开始核验');
  });

  it('tells that it is slow, and is silent when the answer has come', async () => {
    const { screen } = traveller;
    const held = network.order(calls.place, 'answer held');
    await traveller.openService();
    await screen.sees('网络较慢');
    held.over();
    await screen.sees('北京市');
    await screen.seesNot('网络较慢');
  });

  it('finds city and identity by itself when the phone is online again', async () => {
    const { screen } = traveller;
    await signIn();
    const troubles = [calls.place, calls.me, calls.metadata].map((call) =>
      network.order(call, 'request lost', Infinity),
    );
    await traveller.openService();
    await screen.sees('没有连上服务');
    await phone.page.setOfflineMode(true);
    troubles.forEach(({ over }) => over());
    await phone.page.setOfflineMode(false);
    await screen.sees('林*满');
    await screen.sees('北京市');
    await screen.seesNot('没有连上服务');
  });

  it('records come by themselves when the phone is online again', async () => {
    const { screen } = traveller;
    await signIn();
    await traveller.openService();
    await screen.sees('林*满');
    await phone.page.setOfflineMode(true);
    await screen.press('申请记录');
    await screen.sees('网络不通');
    await phone.page.setOfflineMode(false);
    await screen.sees('这段时间没有申请');
  });

  it('a double tap wherever one can tap asks once, and uses one application', async () => {
    const { screen } = traveller;
    await traveller.openService();
    await traveller.fillIn(identity);
    await screen.sees('北京市');
    await screen.press('立即申请', 2);
    await screen.press('开始核验', 2);
    await screen.press('打开摄像头', 2);
    while (!(await screen.text()).includes('后自动更新')) {
      if ((await screen.text()).includes('完成了，下一步')) await screen.press('完成了，下一步', 2);
    }
    await screen.press('刷新', 2);
    await traveller.readCode();
    const { statuses, applicationsLeft } = await recordsOf(network.mock, 'adult');
    assert.deepEqual([statuses, applicationsLeft], [['approved'], 2]);
  });

  it('B1, R17: offline the code changes until the deadline, says how long, and then stops', async () => {
    const { screen } = traveller;
    const { page } = phone;
    await traveller.openService();
    await traveller.fillIn(identity);
    await traveller.apply();
    await traveller.passLiveness();
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
    assert.equal((await recordsOf(network.mock, 'adult')).applicationsLeft, 2);
  });
});
