import axe from 'axe-core';
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'puppeteer-core';
import { texts } from '../../mock-server/embedding/texts.ts';
import { ways } from '../../mock-server/embedding/ways.ts';
import { startBrowser, takePhone } from '../journeys/browser.ts';
import { startMock, type RunningMock } from '../journeys/running-mock.ts';
import { Screen } from '../journeys/screen.ts';

describe('the page of examples', () => {
  let mock: RunningMock;
  let browser: Browser;
  before(async () => {
    [mock, browser] = await Promise.all([startMock(), startBrowser()]);
  });
  after(async () => {
    await browser.close();
    await mock.stop();
  });

  /** The page once each of the ways is drawn, all but the script tag's with the component open. */
  async function open(search = '') {
    const { page, troubles } = await takePhone(browser, mock.host);
    await page.goto(`${mock.host}/embedding/${search}`);
    await page.waitForFunction(
      (opened) => document.querySelectorAll('ol').length === opened,
      {},
      ways.length - 1,
    );
    return { page, troubles };
  }
  const frameOf = async (page: Page, way: string) =>
    page.waitForFrame((frame) => new URL(frame.url()).pathname === `/embedding/${way}/`);
  const logOf = (page: Page, way: string) =>
    page.$eval(`section[aria-labelledby=${way}] .events`, (log) =>
      log.textContent.replaceAll(/\s+/g, ' '),
    );

  it('B5: shows each way with its code and its events, on a narrow screen too', async () => {
    const { page, troubles } = await open();
    for (const { name, sources } of ways) {
      const code = await page.$eval(
        `section[aria-labelledby=${name}] pre`,
        (pre) => pre.textContent,
      );
      for (const source of sources) assert.ok(code.includes(source), source);
      assert.doesNotMatch(code, /shown\.js|doctype|localhost/);
    }
    assert.match(await logOf(page, 'vue'), /boarding-id-opened \{"screen":"services"\}/);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390);
    assert.deepEqual(troubles, []);
  });

  it('B5: hears what happens in a frame of another origin, and in the tile’s component', async () => {
    const { page } = await open('?lang=en');
    const framed = new Screen(page, await frameOf(page, 'component'));
    await framed.press('Back');
    await page.waitForFunction(() =>
      [...document.querySelectorAll('.events')].some((log) =>
        log.textContent.includes('boarding-id-closed'),
      ),
    );
    const tile = new Screen(page, await frameOf(page, 'script-tag'));
    await tile.press('Care services');
    await tile.sees('Temporary ID for boarding trains');
    assert.match(await logOf(page, 'script-tag'), /boarding-id-opened .*boarding-id-entry-open/);
  });

  it('B5: six components that open leave the focus where it is, and the page unscrolled', async () => {
    const { page } = await open();
    assert.deepEqual(await page.evaluate(() => [document.activeElement?.localName, scrollY]), [
      'body',
      0,
    ]);
  });

  it('has no accessibility fault of its own, and changes its language', async () => {
    const { page } = await open();
    const screen = new Screen(page);
    for (const language of ['zh', 'en'] as const) {
      await screen.sees(texts[language].title);
      await page.evaluate(axe.source);
      const { violations } = (await page.evaluate('axe.run({ iframes: false })')) as axe.AxeResults;
      assert.deepEqual(
        violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]),
        [],
      );
      await screen.press(texts[language].otherLanguage);
    }
  });
});
