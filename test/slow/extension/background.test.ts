import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Page } from 'puppeteer-core';
import type { ProofTimes } from '../../../extension/stored-times.ts';
import { startMock, type RunningMock } from '../../journeys/running-mock.ts';
import { Traveller } from '../../journeys/traveller.ts';
import { carry, targets, type Carrier } from './carrier.ts';

const area = '(globalThis.browser ?? chrome)';

for (const target of targets) {
  describe(`the background of the extension in ${target}`, () => {
    let mock: RunningMock;
    let carrier: Carrier;
    /** From where the button can be looked at; it keeps no background alive. */
    let onlooker: Page;
    before(async () => {
      [mock, carrier] = await Promise.all([startMock(), carry(target)]);
      const signedIn = { user: 'adult', at: `${mock.host}/mock` };
      await carrier.set({ issuer: mock.host, language: 'zh', signedIn });
    });
    after(async () => {
      await carrier.browser.close();
      assert.equal(await mock.stop(), 0);
    });

    const seesBadge = (text: string, milliseconds: number) =>
      onlooker.waitForFunction(
        `${area}.action.getBadgeText({}).then((text) => text === '${text}')`,
        { polling: 250, timeout: milliseconds },
      );

    it('that is killed in the middle of an application shows the hours left all the same', async () => {
      const page = new Traveller(await carrier.open('page.html?screen=application'));
      await page.apply();
      await page.screen.sees('开始核验');
      await carrier.killBackground();
      await page.passLiveness();
      await page.readCode();
      onlooker = await carrier.open('options.html');
      await seesBadge('23', 20_000);
    });

    it('is woken by a real alarm, a minute later, though it was killed meanwhile', async () => {
      const minutesLeft = 3;
      const times: ProofTimes = {
        renewFrom: 0,
        validUntil: Math.floor(Date.now() / 1000) + minutesLeft * 60,
        clockOffset: 0,
      };
      await onlooker.evaluate(`${area}.storage.local.set(${JSON.stringify({ times })})`);
      await seesBadge(`${minutesLeft - 1}m`, 20_000);
      await carrier.killBackground();
      await seesBadge(`${minutesLeft - 2}m`, 90_000);
    });

    it('shows nothing on the button once there is no proof', async () => {
      await carrier.killBackground();
      await onlooker.evaluate(`${area}.storage.local.remove('times')`);
      await seesBadge('', 20_000);
    });
  });
}
