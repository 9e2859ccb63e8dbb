import assert from 'node:assert/strict';
import type { Browser, Page } from 'puppeteer-core';
import { madeUpNumber } from '../../mock-server/testbed/people.ts';
import { BrowserMenu } from '../journeys/browser-menu.ts';
import { position } from '../journeys/browser.ts';
import type { Engine } from '../journeys/engines.ts';
import { Traveller } from '../journeys/traveller.ts';

/** What may happen to a page with a code on it: the cases that `widget/docs/rules.md` lists. */

export const holders = ['guest', 'registered'] as const;
export type Holder = (typeof holders)[number];
/** For a proof that is there, and for a new one. */
type Button = '查看' | '立即申请';

const user = '成年旅客';
const otherUser = '未成年旅客';
const guest = { name: '何清和', number: madeUpNumber('11', '19880214', '053') };
const codeIsThere = '后自动更新';

export interface Place {
  /** Of the host app; nobody has been there before in this browser. */
  origin: string;
  issuer: string;
}

interface Tab {
  page: Page;
  traveller: Traveller;
  screen: Traveller['screen'];
}

/** A browser in which a guest or a registered user has a code on the screen. */
export class Phone {
  readonly holder: Holder;
  readonly menu: BrowserMenu;
  /** The tab with the code. */
  page!: Page;
  /** How many codes the host has rightly been told of in that tab. */
  codesSeen = 1;
  /** What leads to the code again, by way of a check. */
  button: Button = '查看';
  readonly #engine: Engine;
  readonly #browser: Browser;
  readonly #place: Place;

  constructor(holder: Holder, engine: Engine, browser: Browser, place: Place) {
    this.holder = holder;
    this.menu = new BrowserMenu(browser, place.origin);
    this.#engine = engine;
    this.#browser = browser;
    this.#place = place;
  }

  get engineName(): Engine['name'] {
    return this.#engine.name;
  }

  get traveller(): Traveller {
    return new Traveller(this.page);
  }

  async getCode(): Promise<void> {
    const { page, screen } = await this.openTab();
    this.page = page;
    if (this.holder === 'guest') await this.traveller.fillIn(guest);
    await this.traveller.apply();
    await this.traveller.passLiveness();
    await screen.sees(codeIsThere);
    await page.evaluate(() => Object.assign(window, { marked: true }));
  }

  /** A new tab at the page of application, with whoever it is signed in. */
  async openTab(person = this.holder === 'registered' ? user : undefined): Promise<Tab> {
    const page = await this.#engine.openTab(this.#browser, this.#place.origin);
    const traveller = new Traveller(page);
    if (person !== undefined) {
      await page.goto(this.#address('account'));
      await traveller.signIn(person);
    }
    await page.goto(this.#address('boarding-id/application'));
    return { page, traveller, screen: traveller.screen };
  }

  #address(route: string): string {
    const { origin, issuer } = this.#place;
    return `${origin}/?issuer=${encodeURIComponent(issuer)}#/${route}`;
  }

  /** Closes its tabs. */
  async close(): Promise<void> {
    for (const page of await this.#browser.pages()) {
      if (page.url().startsWith(this.#place.origin)) await page.close();
    }
  }

  /** Whether the window is the one that the code was first seen in. */
  isSameWindow(): Promise<boolean> {
    return this.page.evaluate(() => 'marked' in window);
  }

  /** The code stands there and can be read. */
  async findsCode(): Promise<void> {
    await this.traveller.readCode();
  }

  /** A check is asked for, and no code has been shown before. */
  async findsCheck(): Promise<void> {
    const { button } = this;
    const { screen } = this.traveller;
    await screen.seesNot(codeIsThere);
    await screen.sees(button);
    if ((await screen.text()).includes('我为本人办理')) await this.traveller.fillIn(guest);
    await asksForCheck(this.traveller, button);
    const before = (await this.isSameWindow()) ? this.codesSeen : 0;
    assert.equal(await codesShown(this.page), before, 'a code was shown without a check');
  }
}

async function asksForCheck({ screen }: Traveller, button: Button): Promise<void> {
  if (button === '立即申请') await screen.sees('北京市');
  await screen.press(button);
  await screen.sees('开始核验');
}

/** How often the component has told the host that it shows a code, as the mock app lists it. */
const codesShown = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      [...document.querySelectorAll('.events li')].filter(
        ({ textContent }) => textContent === 'boarding-id-code-shown',
      ).length,
  );

export const cases: Record<string, (phone: Phone) => Promise<void>> = {
  'the page is closed and opened again': async (phone) => {
    await phone.page.close();
    // The mock app knows its user for one tab only; signing in again is no sign-out.
    phone.page = (await phone.openTab()).page;
  },

  'the page is reloaded': async ({ page }) => {
    await page.reload();
  },

  'away and back by the back/forward cache': async (phone) => {
    const { page, holder } = phone;
    await page.evaluate(() => {
      addEventListener(
        'pageshow',
        ({ persisted }) => {
          const component = document.querySelector('boarding-id')?.shadowRoot;
          const withCode = Boolean(component?.querySelector('boarding-id-code'));
          Object.assign(window, { cameBack: { persisted, withCode } });
        },
        // Before the component hears of it: this is what may be painted first.
        { capture: true },
      );
    });
    // Firefox caches no page that waits for an answer, and the mock app asks for the time every 5 s.
    await page.waitForResponse((response) => response.url().endsWith('/mock/clock'));
    await page.waitForNetworkIdle({ idleTime: 200 });
    await page.goto(new URL('/docs', page.url()).href);
    assert.equal(await phone.isSameWindow(), false, 'another page');
    // Not `goBack`: the driver would wait until a page loads, and this one does not.
    await page.evaluate(() => void setTimeout(() => history.back()));
    const loadedAnew = `location.pathname === '/' && !('marked' in window)`;
    await page.waitForFunction(`'cameBack' in window || (${loadedAnew})`);
    assert.equal(await phone.isSameWindow(), true, 'the page came back and was not loaded anew');
    assert.equal(await page.evaluate('cameBack.persisted'), true, 'by the back/forward cache');
    assert.equal(await page.evaluate('cameBack.withCode'), holder === 'registered');
  },

  'sign-out': async (phone) => {
    const { page, holder, traveller } = phone;
    if (holder === 'guest') {
      await page.evaluate(() => document.querySelector('boarding-id')?.signOut());
      return;
    }
    await traveller.leaveService();
    await traveller.signOut();
    // To sign out, the mock app opens the component once more, unseen.
    phone.codesSeen += 1;
    await traveller.signIn(user);
    await traveller.openService();
  },

  'sign-out while a second tab is open': async (phone) => {
    const second = await phone.openTab(user);
    if (phone.holder === 'registered') await second.screen.sees(codeIsThere);
    else await second.screen.sees('林*满');
    await second.traveller.leaveService();
    await second.traveller.signOut();
    await phone.page.bringToFront();
  },

  'the HTTP cache is cleared': async ({ menu, page, holder }) => {
    await menu.choose('clear-http-cache');
    await menu.close();
    await page.bringToFront();
    if (holder === 'registered') await page.reload();
  },

  'site data are cleared while the page is open': async ({ menu, page }) => {
    await menu.choose('clear-site-data');
    assert.equal(await page.evaluate(() => document.visibilityState), 'hidden');
    await menu.close();
    await page.bringToFront();
  },

  'another user signs in': async (phone) => {
    const { page, holder, traveller } = phone;
    if (holder === 'guest') {
      await traveller.leaveService();
      await traveller.signIn(user);
      await traveller.openService();
      await traveller.screen.sees('林*满');
      assert.ok(!(await traveller.screen.text()).includes('何*和'));
      phone.button = '立即申请';
      return;
    }
    const other = await phone.openTab(otherUser);
    await other.screen.sees('本月还可申请');
    assert.ok(!(await other.screen.text()).includes('林*满'));
    await asksForCheck(other.traveller, '立即申请');
    assert.equal(await codesShown(other.page), 0);
    await page.bringToFront();
  },

  'the browser discards the tab': async (phone) => {
    await phone.menu.choose('discard-tab');
    phone.page = await phone.menu.returnToTab();
    // What was emulated went with the tab; a position that comes late would move what is pressed.
    if (phone.engineName === 'Chromium') await phone.page.setGeolocation(position);
    await phone.traveller.screen.seesNot('正在定位');
    assert.equal(await phone.isSameWindow(), false, 'nothing is left of the window');
    // Chromium says it to the page too; Firefox has no word for it.
    const said = phone.page.evaluate('document.wasDiscarded ?? "not said"');
    assert.equal(await said, phone.engineName === 'Chromium' ? true : 'not said');
  },
};
