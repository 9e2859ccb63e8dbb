import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'puppeteer-core';
import { startBrowser, takePhone } from '../journeys/browser.ts';
import { heardBy, listening, someGuest } from '../journeys/examples.ts';
import { startMock, type RunningMock } from '../journeys/running-mock.ts';
import { Traveller } from '../journeys/traveller.ts';

/** What pages have that were not written for others to be in. */
const hostileStyles = `
  * { all: unset !important; letter-spacing: 2em !important; text-transform: uppercase !important; }
  head { display: none !important; }
  html { font-size: 3px; }
  html body *:not(style, script) {
    display: block !important; direction: rtl !important; line-height: 4 !important;
    font: 40px cursive !important; color: #fff !important; background: #fff !important;
  }
  button, input, svg, path { display: none !important; }
`;

/** Other loaders, other libraries, and built-ins with more in them than they came with. */
const hostileGlobals = `
  window.process = { env: {}, browser: true };
  window.module = { exports: {} };
  window.exports = window.module.exports;
  window.define = () => { throw new Error('an AMD loader was asked'); };
  window.define.amd = {};
  window.require = window.define;
  for (const name of ['React', 'Vue', 'Lit', 'html', 'css', 'jose', 'QRCode']) window[name] = { version: '0' };
  window.name = 'boarding-id';
  window.status = 'closed';
  Array.prototype.last = function () { return this[this.length - 1]; };
  String.prototype.format = function () { return this; };
`;

const page = `<!doctype html>
  <html lang="zh-CN">
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <style>${hostileStyles}</style>
    <script>${hostileGlobals}</script>
    <script type="module" src="/embedding/script-tag/boarding-id.bundle.js"></script>
    <script type="module" src="/embedding/script-tag/boarding-id.bundle.js?again"></script>
    <boarding-id-entry issuer="/"></boarding-id-entry>
  </html>`;

describe('a page full of other people’s code, with two copies of the bundle', () => {
  let mock: RunningMock;
  let browser: Browser;
  before(async () => {
    [mock, browser] = await Promise.all([startMock(), startBrowser()]);
  });
  after(async () => {
    await browser.close();
    await mock.stop();
  });

  it('B5: leads from the tile to a code that a camera reads', async () => {
    const phone = await takePhone(browser, mock.host);
    await listening(phone.page);
    await phone.page.setRequestInterception(true);
    phone.page.on('request', (request) =>
      new URL(request.url()).pathname === '/hostile/'
        ? request.respond({ contentType: 'text/html', body: page })
        : request.continue(),
    );
    await phone.page.goto(`${mock.host}/hostile/`);
    const traveller = new Traveller(phone.page);
    await traveller.screen.press('温馨服务');
    await traveller.chooseService();
    await traveller.fillIn(await someGuest(mock));
    await traveller.apply();
    await traveller.passLiveness();
    await traveller.readCode();
    const look = await phone.page.evaluate(() => {
      const element = document.querySelector('boarding-id')!;
      const section = element.shadowRoot!.querySelector('section')!;
      const { letterSpacing, direction, textTransform, fontSize } = getComputedStyle(section);
      const { position } = getComputedStyle(element);
      return { position, letterSpacing, direction, textTransform, fontSize };
    });
    assert.deepEqual(look, {
      position: 'fixed',
      letterSpacing: 'normal',
      direction: 'ltr',
      textTransform: 'none',
      fontSize: '16px',
    });
    const heard = (await heardBy(phone.page)).map(({ name }) => name);
    assert.deepEqual(heard, ['opened', 'issued', 'code-shown']);
    assert.deepEqual(phone.troubles, []);
  });
});
