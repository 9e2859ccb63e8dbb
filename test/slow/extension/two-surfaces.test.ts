import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startMock, type RunningMock } from '../../journeys/running-mock.ts';
import { Screen } from '../../journeys/screen.ts';
import { Traveller } from '../../journeys/traveller.ts';
import { carry, targets, type Carrier } from './carrier.ts';

for (const target of targets) {
  describe(`two surfaces open at once, in ${target}`, () => {
    let mock: RunningMock;
    let carrier: Carrier;
    let page: Traveller;
    let panel: Screen;
    before(async () => {
      [mock, carrier] = await Promise.all([startMock(), carry(target)]);
      const signedIn = { user: 'adult', at: `${mock.host}/mock` };
      await carrier.set({ issuer: mock.host, language: 'zh', signedIn });
    });
    after(async () => {
      await carrier.browser.close();
      assert.equal(await mock.stop(), 0);
    });

    it('while one proves who it is, the other says that it goes on there, and begins nothing', async () => {
      page = new Traveller(await carrier.open('page.html?screen=application'));
      panel = new Screen(await carrier.open('panel.html'));
      await page.screen.page.bringToFront();
      await page.apply();
      await page.screen.sees('开始核验');
      await panel.page.bringToFront();
      await panel.sees('正在另一个标签页或窗口中办理');
      await panel.press('乘坐旅客列车临时身份证明');
      await panel.press('立即申请');
      await panel.seesNot('开始核验');
    });

    it('the other finds the way there', async () => {
      await panel.press('转到那里');
      await page.screen.page.waitForFunction(() => document.visibilityState === 'visible');
    });

    it('what the one comes to, both show: one proof, and one code at a time', async () => {
      await page.passLiveness();
      const code = await page.readCode();
      await panel.page.bringToFront();
      await panel.sees('后自动更新');
      await panel.seesNot('正在另一个标签页或窗口中办理');
      assert.equal(await new Traveller(panel.page).readCode(), code);
      const records = new Screen(await carrier.open('page.html?screen=records'));
      await records.sees('已通过');
      assert.equal((await records.text()).split('已通过').length - 1, 1);
    });
  });
}
