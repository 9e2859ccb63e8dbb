import type { Browser, Page } from 'puppeteer-core';

/**
 * The browser's own menus, which no page can open: the extension in `browser-menu/` does what stands
 * there. The menu is a tab of its own, so meanwhile the traveller's tab is in the background.
 */
export class BrowserMenu {
  readonly #browser: Browser;
  readonly #origin: string;
  #tab: Page | undefined;

  /** @param origin whose data and tabs it is about */
  constructor(browser: Browser, origin: string) {
    this.#browser = browser;
    this.#origin = origin;
  }

  async choose(action: MenuAction): Promise<void> {
    const tab = (this.#tab ??= await this.#browser.newPage());
    await tab.goto(`${this.#origin}/docs?menu=${action}`);
    // By the clock: in the background, where returning to a tab leaves this one, no frame is drawn.
    await tab.waitForFunction(`location.hash === '#done'`, { polling: 100 });
  }

  async close(): Promise<void> {
    await this.#tab?.close();
    this.#tab = undefined;
  }

  /** The tab that comes back after it was discarded: for the browser's driver it is another one. */
  async returnToTab(): Promise<Page> {
    await this.choose('return-to-tab');
    const target = await this.#browser.waitForTarget(
      async (target) =>
        target.url().startsWith(`${this.#origin}/`) && (await target.page()) !== this.#tab,
    );
    const page = await target.page();
    if (!page) throw new Error('The tab is no page.');
    await this.close();
    return page;
  }
}

/** As the extension names them. */
export type MenuAction = 'clear-http-cache' | 'clear-site-data' | 'discard-tab' | 'return-to-tab';
