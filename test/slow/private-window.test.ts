import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { openTab, startBrowser } from '../journeys/browser.ts';
import { chromium, firefox, type Engine } from '../journeys/engines.ts';
import { startMock, type RunningMock } from '../journeys/running-mock.ts';
import { Phone } from '../reverification/cases.ts';

/** A browser with a private window, and how it is closed with all that was private. */
interface PrivateWindow {
  engine: Engine;
  browser: Browser;
  close: () => Promise<void>;
}

async function chromiumWindow(profile: string): Promise<PrivateWindow> {
  const browser = await startBrowser({ userDataDir: profile });
  const context = await browser.createBrowserContext();
  const open = async (_: Browser, origin: string) => {
    await context.overridePermissions(origin, ['geolocation', 'camera']);
    return openTab({ context, troubles: [] });
  };
  return { engine: { ...chromium, openTab: open }, browser, close: () => browser.close() };
}

async function firefoxWindow(profile: string): Promise<PrivateWindow> {
  const browser = await firefox.start({
    userDataDir: profile,
    extraPrefsFirefox: { 'browser.privatebrowsing.autostart': true },
  });
  return { engine: firefox, browser, close: () => browser.close() };
}

for (const [name, open] of [
  ['Chromium', chromiumWindow],
  ['Firefox', firefoxWindow],
] as const) {
  describe(`R19: a registered user in a private window of ${name}`, () => {
    const profile = mkdtempSync(join(tmpdir(), 'boarding-id-private-'));
    let mock: RunningMock;
    let window: PrivateWindow;
    const newPhone = async (): Promise<Phone> => {
      window = await open(profile);
      const place = { origin: mock.host, issuer: mock.host };
      return new Phone('registered', window.engine, window.browser, place);
    };
    before(async () => {
      mock = await startMock();
    });
    after(async () => {
      await window.close();
      await mock.stop();
      rmSync(profile, { recursive: true, force: true });
    });

    it('finds the code again after a reload, as in any window', async () => {
      const phone = await newPhone();
      await phone.getCode();
      await phone.page.reload();
      await phone.findsCode();
    });

    it('must verify again in the next private window: nothing was kept', async () => {
      await window.close();
      const phone = await newPhone();
      phone.page = (await phone.openTab()).page;
      await phone.findsCheck();
      assert.equal(await phone.isSameWindow(), false);
    });
  });
}
