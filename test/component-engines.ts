import type { BrowserLauncher } from '@web/test-runner-core';
import { chromeLauncher } from '@web/test-runner-chrome';
import { browserForTests, firefoxForTests, webKitForTests } from './browser.ts';
import { WebKitLauncher } from './webkit-launcher.ts';

/** The engines that every component test runs in, each with a fake camera that asks nobody. */
export const componentEngines = {
  chromium: async (): Promise<BrowserLauncher> =>
    chromeLauncher({
      launchOptions: {
        executablePath: await browserForTests(),
        args: [
          '--no-sandbox',
          '--use-fake-ui-for-media-stream',
          '--use-fake-device-for-media-stream',
        ],
      },
    }),
  firefox: async (): Promise<BrowserLauncher> =>
    chromeLauncher({
      // A tab that is not in front draws nothing there, not even headless.
      concurrency: 1,
      launchOptions: {
        browser: 'firefox',
        executablePath: await firefoxForTests(),
        extraPrefsFirefox: {
          'media.navigator.streams.fake': true,
          'media.navigator.permission.disabled': true,
        },
      },
    }),
  webkit: async (): Promise<BrowserLauncher> => new WebKitLauncher(await webKitForTests()),
};

export type EngineName = keyof typeof componentEngines;
