import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { startBrowser, takePhone } from '../../journeys/browser.ts';
import { GateKeeper } from '../../journeys/gate-keeper.ts';
import { startMock, type RunningMock } from '../../journeys/running-mock.ts';
import { Screen } from '../../journeys/screen.ts';
import { Traveller } from '../../journeys/traveller.ts';
import { carry, targets, type Carrier } from './carrier.ts';

for (const target of targets) {
  describe(`a registered user, with the extension in ${target}`, () => {
    let mock: RunningMock;
    let carrier: Carrier;
    let code: string;
    before(async () => {
      [mock, carrier] = await Promise.all([startMock(), carry(target)]);
      await carrier.set({ issuer: mock.host, language: 'zh' });
    });
    after(async () => {
      await carrier.browser.close();
      assert.equal(await mock.stop(), 0);
    });

    it('signs in on the options page', async () => {
      const options = new Screen(await carrier.open('options.html'));
      await options.press('成年旅客');
      await options.sees('退出登录');
    });

    it('finds no proof in the popup, and goes from there to the page', async () => {
      const popup = new Screen(await carrier.open('popup.html'));
      await popup.sees('还没有有效的证明');
      const [page] = await Promise.all([carrier.next('page.html'), popup.press('申请')]);
      // Only now can the driver tell the tab where it is.
      await carrier.reload(page);
      const traveller = new Traveller(page);
      await traveller.apply();
      await traveller.passLiveness();
      code = await traveller.readCode();
    });

    it('finds the code in the popup at once, and another after 刷新', async () => {
      const page = await carrier.open('popup.html');
      const popup = new Traveller(page);
      assert.ok(await popup.readCode());
      await mock.advance(5);
      await popup.screen.press('刷新');
      code = await popup.readAnotherCode(code);
    });

    it('is let in at the gate by what the popup shows (R21)', async () => {
      const other = await startBrowser();
      const { page } = await takePhone(other, mock.gate);
      await page.goto(mock.gate);
      const gate = new GateKeeper(page);
      await mock.post('/mock/tickets', {
        person: 'adult',
        kind: 'single',
        train: await train(mock),
      });
      await gate.judge(code, '放行');
      await other.close();
    });

    it('B7: nothing that is stored tells a name or a digit of an ID number', async () => {
      const stored = JSON.stringify(await carrier.stored());
      assert.doesNotMatch(stored, /林小满|\d{17}[\dX]/);
    });

    it('R19: signed out on the options page, shows no code anywhere', async () => {
      const panel = new Screen(await carrier.open('panel.html'));
      await panel.sees('后自动更新');
      const options = new Screen(await carrier.open('options.html'));
      await options.press('退出登录');
      await options.sees('签发方已撤销此浏览器的二维码');
      await panel.seesNot('后自动更新');
      const popup = new Screen(await carrier.open('popup.html'));
      await popup.sees('还没有有效的证明');
      assert.equal((await carrier.stored())['times'], undefined);
    });
  });
}

/** One that the gate lets in now. */
async function train(mock: RunningMock): Promise<string> {
  const answer = await fetch(`${mock.host}/mock/trains`);
  const [first] = (await answer.json()) as { train: string }[];
  assert.ok(first);
  return first.train;
}
