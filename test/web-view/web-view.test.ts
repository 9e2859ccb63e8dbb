import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { startBrowser, takePhone } from '../journeys/browser.ts';
import { GateKeeper } from '../journeys/gate-keeper.ts';
import type { TypedIdentity } from '../../widget/protocol/messages/holder.ts';
import { startMock, type RunningMock } from '../journeys/running-mock.ts';
import { servePage, type PageServer } from './page-server.ts';
import { WebViewApp } from './web-view.ts';

interface Example {
  name: string;
  number: string;
}

describe('B5: a native app around WebKitGTK’s WebView, with `webkit.messageHandlers` as in WKWebView', () => {
  let mock: RunningMock;
  let host: PageServer;
  let browser: Browser;
  let gate: GateKeeper;
  let app: WebViewApp;

  before(async () => {
    [mock, host, browser] = await Promise.all([startMock(), servePage(), startBrowser()]);
    const { page } = await takePhone(browser, mock.gate);
    await page.goto(mock.gate);
    gate = new GateKeeper(page);
  });
  after(async () => {
    await browser.close();
    await Promise.all([mock.stop(), host.stop()]);
  });
  afterEach(() => app.stop());

  async function openApplication(session?: string): Promise<void> {
    const issuer = encodeURIComponent(mock.host);
    app = await WebViewApp.start(`${host.origin}/?issuer=${issuer}`, session);
    await app.press('温馨服务');
    await app.press('乘坐旅客列车临时身份证明');
  }

  async function buyTicket(order: { identity: TypedIdentity } | { person: string }): Promise<void> {
    const trains = (await (await fetch(`${mock.host}/mock/trains`)).json()) as { train: string }[];
    await mock.post('/mock/tickets', { ...order, kind: 'single', train: trains[0]!.train });
  }

  /** From the filled form to the open gate: the app says where it is, and checks who it is. */
  async function applyAndPass(): Promise<void> {
    await app.sees('北京市');
    await app.press('立即申请');
    await app.press('开始核验');
    await app.sees('后自动更新');
    await gate.judge(await app.readCode(), '放行');
    assert.deepEqual(app.permissions, [], 'the browser itself is asked for nothing');
  }

  it('R1: takes a guest from the tile to an open gate, by the app’s own location and liveness check', async () => {
    const identity = (await (await fetch(`${mock.host}/mock/identity-example`)).json()) as Example;
    await buyTicket({ identity: { ...identity, documentType: 'resident-id' } });
    await openApplication();
    await app.fill('姓名', identity.name);
    await app.fill('证件号码', identity.number);
    await app.tick('我为本人办理');
    await applyAndPass();

    const types = new Set(app.heard.map(({ type }) => type));
    for (const type of ['hello', 'session', 'location', 'liveness', 'event']) {
      assert.ok(types.has(type), type);
    }
    assert.deepEqual((await app.hears('haptics')).payload, { kind: 'success' });
    const said = JSON.stringify(app.heard);
    for (const secret of [identity.name, identity.number, identity.number.slice(6, 14)]) {
      assert.ok(
        !said.includes(secret),
        'B7: neither name nor number nor birth date over the bridge',
      );
    }
  });

  it('R4: a traveller who is signed in to the app types nothing', async () => {
    await buyTicket({ person: 'adult' });
    const { session } = await mock.post<{ session: string }>('/mock/sessions', { person: 'adult' });
    await openApplication(session);
    await applyAndPass();
    await app.press('扫码模式');
    assert.deepEqual((await app.hears('scan-mode')).payload, { on: true });
  });

  it('R14: whom the app’s own check does not know again is refused, with a way on', async () => {
    const person = 'liveness-fails';
    const { session } = await mock.post<{ session: string }>('/mock/sessions', { person });
    await openApplication(session);
    await app.sees('北京市');
    await app.press('立即申请');
    await app.press('开始核验');
    await app.sees('没能确认是您本人');
    assert.deepEqual((await app.hears('haptics')).payload, { kind: 'failure' });
  });

  it('tells the app of its end, and by whom', async () => {
    await openApplication();
    await app.press('返回');
    await app.press('返回');
    assert.deepEqual((await app.hears('close')).payload, { reason: 'user' });
  });
});
