import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'puppeteer-core';
import { startMock, type RunningMock } from '../../journeys/running-mock.ts';
import { Screen } from '../../journeys/screen.ts';
import { Traveller } from '../../journeys/traveller.ts';
import { carry, targets, type Carrier } from './carrier.ts';

for (const target of targets) {
  describe(`a guest, with the extension in ${target}`, () => {
    let mock: RunningMock;
    let carrier: Carrier;
    let page: Page;
    let rider: { name: string; number: string };
    before(async () => {
      [mock, carrier] = await Promise.all([startMock(), carry(target)]);
      await carrier.set({ issuer: mock.host, language: 'zh' });
      rider = (await (await fetch(`${mock.host}/mock/identity-example`)).json()) as typeof rider;
    });
    after(async () => {
      await carrier.browser.close();
      assert.equal(await mock.stop(), 0);
    });

    it('applies on the page', async () => {
      page = await carrier.open('page.html?screen=application');
      const traveller = new Traveller(page);
      await traveller.fillIn(rider);
      await traveller.apply();
      await traveller.passLiveness();
      assert.ok(await traveller.readCode());
    });

    it('R18: finds no code in the popup, where it would go with the next click, but the way to the page', async () => {
      const popup = new Screen(await carrier.open('popup.html'));
      await popup.sees('证明有效期至');
      await popup.seesNot('后自动更新');
      await popup.sees('二维码已在标签页或侧边栏中打开');
      await popup.press('转到那里');
      // The page is there already, and has come to the front with its code.
      await page.waitForFunction(() => document.visibilityState === 'visible');
      await new Screen(page).sees('后自动更新');
      assert.equal((await carrier.pagesAt('page.html')).length, 1);
    });

    it('R18: verifies again after a reload, which uses no application (R20)', async () => {
      await carrier.reload(page);
      const traveller = new Traveller(page);
      await traveller.screen.sees('查看');
      await traveller.fillIn(rider);
      await traveller.screen.press('查看');
      await traveller.passLiveness();
      assert.ok(await traveller.readCode());
    });

    it('B7: nothing is stored of who it is', async () => {
      const stored = JSON.stringify(await carrier.stored());
      assert.ok(
        !stored.includes(rider.name) && !stored.includes(rider.number.slice(2, 14)),
        stored,
      );
      assert.deepEqual(await carrier.inPage(vaultEntries), ['place']);
    });
  });
}

/** The keys of what lies in the vault. */
const vaultEntries = `new Promise((resolve, reject) => {
  const opening = indexedDB.open('boarding-id');
  opening.onerror = reject;
  opening.onsuccess = () => {
    const asking = opening.result.transaction('vault').objectStore('vault').getAllKeys();
    asking.onsuccess = () => { opening.result.close(); resolve(asking.result); };
  };
})`;
