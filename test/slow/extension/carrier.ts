import { fileURLToPath } from 'node:url';
import type { Browser, Page, Permission } from 'puppeteer-core';
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
  /** The tab with this file that opens next, or has just opened. */
  next: (file: string) => Promise<Page>;
  /** The tabs with this file. */
  pagesAt: (file: string) => Promise<Page[]>;
  reload: (page: Page) => Promise<void>;
  /** As the browser does when it has had nothing to do for a while, or when memory runs short. */
  killBackground: () => Promise<void>;
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
  /** Granted unless it is said; the camera always is. */
  position?: 'refused';
}

export { targets };

const waitMilliseconds = 30_000;
const widths: Record<string, number> = { 'popup.html': 360, 'panel.html': 360 };

export const carry = (target: Target, options: CarrierOptions = {}): Promise<Carrier> =>
  target === 'chromium' ? inChromium(options) : inFirefox(options);

const folder = (target: Target): string =>
  fileURLToPath(new URL(`../../../dist/extension/${target}`, import.meta.url));

async function inChromium({ position: place, ...options }: CarrierOptions): Promise<Carrier> {
  const browser = await startBrowser({ ...options, enableExtensions: true, pipe: true });
  const id = await browser.installExtension(folder('chromium'));
  const origin = `chrome-extension://${id}`;
  // Whatever is not named is refused.
  const granted: Permission[] = place === 'refused' ? ['camera'] : ['geolocation', 'camera'];
  await browser.defaultBrowserContext().overridePermissions(origin, granted);
  return carrier('chromium', browser, origin, {
    prepare: (page) => page.setGeolocation(position),
    killBackground: async (browser) => {
      const [page] = await browser.pages();
      const session = await page!.createCDPSession();
      await session.send('ServiceWorker.enable');
      await session.send('ServiceWorker.stopAllWorkers');
      await session.detach();
    },
    go: async (page, address) => void (await page.goto(address)),
  });
}

/** Of each copy another, unless it is set beforehand. */
const uuid = '6f0e0f5e-5a3c-4f0e-9c55-4d1f0a7f2b11';
const firefoxId = 'boarding-id@boarding-id.example';

async function inFirefox({ position: place, ...options }: CarrierOptions): Promise<Carrier> {
  const browser = await firefox.start({
    ...options,
    // Otherwise no page of an extension can be opened from outside.
    args: ['--remote-allow-system-access'],
    extraPrefsFirefox: {
      'extensions.webextensions.uuids': JSON.stringify({ [firefoxId]: uuid }),
      // One that is loaded unpacked goes at each restart; what it has stored stays, as of an installed one.
      'extensions.webextensions.keepStorageOnUninstall': true,
      'extensions.webextensions.keepUuidOnUninstall': true,
      // A background that has had nothing to do for so long is ended; milliseconds.
      'extensions.background.idle.timeout': 1000,
      ...(place === 'refused' ? { 'permissions.default.geo': 2 } : {}),
    },
  });
  await browser.installExtension(folder('firefox'));
  return carrier('firefox', browser, `moz-extension://${uuid}`, {
    prepare: async () => undefined,
    // It goes by itself after a second, by the preference above.
    killBackground: async () => undefined,
    go: async (page, address) => {
      // Firefox goes there and does not say that it has arrived.
      page.goto(address).catch(() => undefined);
      const isThere = (there: string) =>
        location.href === there && document.readyState === 'complete';
      // On its way a tab is nowhere for a moment, and cannot be asked.
      const deadline = Date.now() + waitMilliseconds;
      while (!(await page.evaluate(isThere, address).catch(() => false))) {
        if (Date.now() > deadline) throw new Error(`Firefox has not arrived at ${address}.`);
      }
    },
  });
}

interface Ways {
  killBackground: (browser: Browser, origin: string) => Promise<void>;
  /** Where the phone is, for a page that may ask. */
  prepare: (page: Page) => Promise<void>;
  go: (page: Page, address: string) => Promise<void>;
}

function carrier(
  target: Target,
  browser: Browser,
  origin: string,
  { prepare, go, killBackground }: Ways,
): Carrier {
  async function open(file: string): Promise<Page> {
    const page = await browser.newPage();
    await page.setViewport({ width: widths[file] ?? 390, height: 844 });
    await prepare(page);
    await go(page, `${origin}/${file}`);
    return page;
  }

  /** Firefox does not say where a tab is that an extension has opened; the tab itself does. */
  async function pagesAt(file: string): Promise<Page[]> {
    const found: Page[] = [];
    for (const page of await browser.pages()) {
      const at = await page.evaluate(() => location.href).catch(() => '');
      if (at.startsWith(`${origin}/${file}`)) found.push(page);
    }
    return found;
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
    pagesAt,
    next: async (file) => {
      const deadline = Date.now() + waitMilliseconds;
      while (Date.now() < deadline) {
        const [page] = await pagesAt(file);
        if (!page) continue;
        await prepare(page);
        return page;
      }
      throw new Error(`No tab has opened with ${file}.`);
    },
    reload: async (page) => go(page, await page.evaluate(() => location.href)),
    killBackground: () => killBackground(browser, origin),
    address: (file) => `${origin}/${file}`,
    inPage,
    stored,
    set: async (changed) => {
      const options = { ...understandOptions((await stored())['options']), ...changed };
      await inPage(`${area}.set(${JSON.stringify({ options })})`);
    },
  };
}
