import { fileURLToPath } from 'node:url';
import { launch, type Browser, type LaunchOptions, type Page } from 'puppeteer-core';
import { firefoxForTests } from '../browser.ts';
import { position, startBrowser } from './browser.ts';

/**
 * A real browser as people use it: position and camera granted, the back/forward cache on (the driver
 * leaves it so, which the test of it proves), and its menus at hand (`BrowserMenu`).
 */
export interface Engine {
  name: 'Chromium' | 'Firefox';
  start: (options?: LaunchOptions) => Promise<Browser>;
  /** A tab in front, as wide as a phone. */
  openTab: (browser: Browser, origin: string) => Promise<Page>;
}

const viewport = { width: 390, height: 844 };

export const chromium: Engine = {
  name: 'Chromium',
  start: async (options) => {
    const browser = await startBrowser({ ...options, enableExtensions: true, pipe: true });
    await browser.installExtension(menuExtension);
    return browser;
  },
  openTab: async (browser, origin) => {
    await browser.defaultBrowserContext().overridePermissions(origin, ['geolocation', 'camera']);
    const page = await browser.newPage();
    await page.setViewport(viewport);
    await page.setGeolocation(position);
    return page;
  },
};

/** No call grants these in Firefox: they are preferences, and so is the position. */
const preferences = {
  // As in `startBrowser`.
  'ui.prefersReducedMotion': 1,
  'media.navigator.streams.fake': true,
  'media.navigator.permission.disabled': true,
  'permissions.default.camera': 1,
  'permissions.default.geo': 1,
  'geo.provider.network.url': `data:application/json,${JSON.stringify({
    location: { lat: position.latitude, lng: position.longitude },
    accuracy: 10,
  })}`,
};

export const firefox: Engine = {
  name: 'Firefox',
  start: async (options) => {
    const browser = await launch({
      ...options,
      browser: 'firefox',
      executablePath: await firefoxForTests(),
      extraPrefsFirefox: { ...preferences, ...options?.extraPrefsFirefox },
    });
    await browser.installExtension(menuExtension);
    return browser;
  },
  openTab: async (browser) => {
    const page = await browser.newPage();
    await page.setViewport(viewport);
    return page;
  },
};

export const engines = [chromium, firefox];

const menuExtension = fileURLToPath(new URL('browser-menu', import.meta.url));
