import { fileURLToPath } from 'node:url';
import type { Browser, LaunchOptions, Page } from 'puppeteer-core';
import { targets, type Target } from '../../../extension/manifest.ts';
import { understandOptions, type Options } from '../../../extension/stored-options.ts';
import { position, startBrowser } from '../../journeys/browser.ts';
import { firefox } from '../../journeys/engines.ts';

/** A real browser that carries the built extension, installed unpacked. */
export interface Carrier {
  target: Target;
  browser: Browser;
  /** Opens one of its files in a tab of its own, as wide as it usually is. */
  open: (file: string) => Promise<Page>;
  /** The address of one of its files. */
  address: (file: string) => string;
  /** Sets options as the options page would. */
  set: (options: Partial<Options>) => Promise<void>;
  /** What the browser keeps for it, as anybody could read it who has the device. */
  stored: () => Promise<Record<string, unknown>>;
  /** Runs in one of its pages, which is closed again. */
  inPage: <Result>(expression: string) => Promise<Result>;
}

export interface CarrierOptions {
  /** Keeps what is stored from one start to the next. */
  userDataDir?: string;
  /** Position and camera are granted before anybody asks; otherwise the browser would ask. */
  granted?: boolean;
}

export { targets };

const widths: Record<string, number> = { 'popup.html': 360, 'panel.html': 360 };

export const carry = (target: Target, options: CarrierOptions = {}): Promise<Carrier> =>
  target === 'chromium' ? inChromium(options) : inFirefox(options);

const folder = (target: Target): string =>
  fileURLToPath(new URL(`../../../dist/extension/${target}`, import.meta.url));

async function inChromium({ granted = true, ...options }: CarrierOptions): Promise<Carrier> {
  const browser = await startBrowser({
    ...options,
    enableExtensions: true,
    pipe: true,
    ...(granted ? {} : { camera: ['--use-fake-device-for-media-stream'] }),
  });
  const id = await browser.installExtension(folder('chromium'));
  const origin = `chrome-extension://${id}`;
  if (granted) {
    await browser.defaultBrowserContext().overridePermissions(origin, ['geolocation', 'camera']);
  }
  return carrier('chromium', browser, origin, async (page, address) => {
    await page.setGeolocation(position);
    await page.goto(address);
  });
}

/** Of each copy another, unless it is set beforehand. */
const uuid = '6f0e0f5e-5a3c-4f0e-9c55-4d1f0a7f2b11';
const firefoxId = 'boarding-id@boarding-id.example';

async function inFirefox({ granted = true, ...options }: CarrierOptions): Promise<Carrier> {
  const asked: LaunchOptions['extraPrefsFirefox'] = {
    'media.navigator.permission.disabled': false,
    'permissions.default.camera': 0,
    'permissions.default.geo': 0,
  };
  const browser = await firefox.start({
    ...options,
    // Otherwise no page of an extension can be opened from outside.
    args: ['--remote-allow-system-access'],
    extraPrefsFirefox: {
      'extensions.webextensions.uuids': JSON.stringify({ [firefoxId]: uuid }),
      // One that is loaded unpacked goes at each restart; what it has stored stays, as of an installed one.
      'extensions.webextensions.keepStorageOnUninstall': true,
      'extensions.webextensions.keepUuidOnUninstall': true,
      ...(granted ? {} : asked),
    },
  });
  await browser.installExtension(folder('firefox'));
  return carrier('firefox', browser, `moz-extension://${uuid}`, async (page, address) => {
    // Firefox goes there and does not say that it has arrived.
    page.goto(address).catch(() => undefined);
    await page.waitForFunction(
      (there) => location.href.startsWith(there) && document.readyState === 'complete',
      { polling: 50 },
      address,
    );
  });
}

function carrier(
  target: Target,
  browser: Browser,
  origin: string,
  go: (page: Page, address: string) => Promise<void>,
): Carrier {
  async function open(file: string): Promise<Page> {
    const page = await browser.newPage();
    await page.setViewport({ width: widths[file] ?? 390, height: 844 });
    await go(page, `${origin}/${file}`);
    return page;
  }

  async function inPage<Result>(expression: string): Promise<Result> {
    const page = await open('_locales/en/messages.json');
    const result = await page.evaluate(expression);
    await page.close();
    return result as Result;
  }

  const area = '(globalThis.browser ?? chrome).storage.local';
  const stored = () => inPage<Record<string, unknown>>(`${area}.get()`);
  return {
    target,
    browser,
    open,
    address: (file) => `${origin}/${file}`,
    inPage,
    stored,
    set: async (changed) => {
      const options = { ...understandOptions((await stored())['options']), ...changed };
      await inPage(`${area}.set(${JSON.stringify({ options })})`);
    },
  };
}
