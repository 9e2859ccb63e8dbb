import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { startMock, type RunningMock } from '../../journeys/running-mock.ts';
import { Screen } from '../../journeys/screen.ts';
import { Traveller } from '../../journeys/traveller.ts';
import { carry, targets, type Carrier } from './carrier.ts';

for (const target of targets) {
  describe(`a restart of ${target}`, () => {
    let mock: RunningMock;
    let carrier: Carrier;
    let userDataDir: string;
    before(async () => {
      userDataDir = mkdtempSync(join(tmpdir(), 'boarding-id-profile-'));
      [mock, carrier] = await Promise.all([startMock(), carry(target, { userDataDir })]);
      await carrier.set({ issuer: mock.host, language: 'zh' });
    });
    after(async () => {
      await carrier.browser.close();
      assert.equal(await mock.stop(), 0);
      rmSync(userDataDir, { recursive: true, force: true });
    });

    async function restart(): Promise<void> {
      await carrier.browser.close();
      carrier = await carry(target, { userDataDir });
    }

    it('R18: asks a guest again', async () => {
      const rider = (await (await fetch(`${mock.host}/mock/identity-example`)).json()) as {
        name: string;
        number: string;
      };
      const before = new Traveller(await carrier.open('page.html?screen=application'));
      await before.fillIn(rider);
      await before.apply();
      await before.passLiveness();
      await before.readCode();
      await restart();
      const page = new Screen(await carrier.open('page.html?screen=code'));
      await page.sees('立即申请');
      await page.seesNot('后自动更新');
    });

    it('R19: keeps a registered user’s code within the 30 minutes', async () => {
      await carrier.set({ signedIn: { user: 'adult', at: `${mock.host}/mock` } });
      const before = new Traveller(await carrier.open('page.html?screen=application'));
      await before.apply();
      await before.passLiveness();
      const code = await before.readCode();
      await restart();
      assert.equal(await new Traveller(await carrier.open('popup.html')).readCode(), code);
      assert.equal(
        await new Traveller(await carrier.open('page.html?screen=code')).readCode(),
        code,
      );
    });

    it('the hours left stand on the button again, and the alarms with them', async () => {
      const [badge, alarms] = await carrier.inPage<[string, string[]]>(`(async () => {
        const browser = globalThis.browser ?? chrome;
        const until = Date.now() + 10_000;
        let badge = '';
        while (!badge && Date.now() < until) badge = await browser.action.getBadgeText({});
        return [badge, (await browser.alarms.getAll()).map(({ name }) => name)];
      })()`);
      assert.equal(badge, '23');
      assert.ok(alarms.includes('badge'));
    });
  });
}
