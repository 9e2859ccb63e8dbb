import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { freePort, startMock, type RunningMock } from '../../journeys/running-mock.ts';
import { Screen } from '../../journeys/screen.ts';
import { Traveller } from '../../journeys/traveller.ts';
import { carry, targets, type Carrier } from './carrier.ts';

for (const target of targets) {
  describe(`with trouble around, in ${target}`, () => {
    let mock: RunningMock;
    let carrier: Carrier;
    before(async () => {
      [mock, carrier] = await Promise.all([startMock(), carry(target)]);
      const signedIn = { user: 'adult', at: `${mock.host}/mock` };
      await carrier.set({ issuer: mock.host, language: 'zh', signedIn });
    });
    after(async () => {
      await carrier.browser.close();
    });

    it('an address that answers nothing is not saved, and the page says what to do', async () => {
      const options = new Screen(await carrier.open('options.html'));
      await options.fill('地址', `http://localhost:${await freePort()}`);
      await options.press('测试并保存');
      await options.sees('没有保存。请检查地址和网络，再试一次');
      const { issuer } = (await carrier.stored())['options'] as { issuer: string };
      assert.equal(issuer, mock.host);
    });

    it('an issuer that cannot be reached is said so, and the code at hand goes on (B1)', async () => {
      const page = new Traveller(await carrier.open('page.html?screen=application'));
      await page.apply();
      await page.passLiveness();
      const code = await page.readCode();
      assert.equal(await mock.stop(), 0);
      await page.screen.press('刷新');
      await page.screen.sees('网络');
      assert.ok(await page.readCode());
      const popup = new Traveller(await carrier.open('popup.html'));
      assert.equal(await popup.readCode(), code);
    });
  });

  describe(`where the place is refused, in ${target}`, () => {
    let mock: RunningMock;
    let carrier: Carrier;
    before(async () => {
      [mock, carrier] = await Promise.all([startMock(), carry(target, { position: 'refused' })]);
      await carrier.set({ issuer: mock.host, language: 'zh' });
    });
    after(async () => {
      await carrier.browser.close();
      assert.equal(await mock.stop(), 0);
    });

    it('R6: the page says how to allow it, and the paper window stays in sight', async () => {
      const page = new Screen(await carrier.open('page.html?screen=application'));
      // Chromium tells beforehand that it is blocked, Firefox when it is asked.
      await page.sees(target === 'chromium' ? '打开设置' : '“允许”');
      await page.sees('公安制证窗口');
    });
  });
}
