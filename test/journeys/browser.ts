import {
  launch,
  type Browser,
  type BrowserContext,
  type LaunchOptions,
  type Page,
  type Permission,
} from 'puppeteer-core';
import { browserForTests } from '../browser.ts';

/** Beijing, near the south station. */
export const position = { latitude: 39.87, longitude: 116.38 };

/** A fake device that is never asked about. */
const workingCamera = ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'];

/** A real Chromium with a fake camera device, as a phone holds it. */
export async function startBrowser({
  camera = workingCamera,
  args = [],
  ...options
}: LaunchOptions & { camera?: readonly string[] } = {}): Promise<Browser> {
  return launch({
    ...options,
    executablePath: await browserForTests(),
    // Without a graphics processor a moving mark costs more than all the rest.
    args: [
      '--no-sandbox',
      ...camera,
      ...args,
      '--disable-background-networking',
      '--force-prefers-reduced-motion',
    ],
  });
}

export interface Phone {
  context: BrowserContext;
  page: Page;
  /** Errors and refused requests that the page has seen; a journey ends with none. */
  troubles: string[];
}

/** A phone of its own: no storage shared with another, position and camera granted to `origin`. */
export async function takePhone(
  browser: Browser,
  origin: string,
  granted: Permission[] = ['geolocation', 'camera'],
): Promise<Phone> {
  const context = await browser.createBrowserContext();
  await context.overridePermissions(origin, granted);
  const troubles: string[] = [];
  return { context, troubles, page: await openTab({ context, troubles }) };
}

/** Another page of the same phone: storage, position and camera are those of the first. */
export async function openTab({
  context,
  troubles,
}: Pick<Phone, 'context' | 'troubles'>): Promise<Page> {
  const page = await context.newPage();
  await page.setViewport({
    width: 390,
    height: 844,
    deviceScaleFactor: 2,
    isMobile: true,
    hasTouch: true,
  });
  await page.setGeolocation(position);
  page.on('pageerror', (error) => troubles.push(String(error)));
  page.on('console', (message) => {
    // A refusal by the server is an answer, not a fault of the page.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
      troubles.push(message.text());
    }
  });
  return page;
}
