import { build } from 'esbuild';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { after, before, beforeEach, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'puppeteer-core';
import { startBrowser, takePhone } from '../journeys/browser.ts';
import { heardBy, listening, violationsOf } from '../journeys/examples.ts';
import { startMock, type RunningMock } from '../journeys/running-mock.ts';
import { Traveller } from '../journeys/traveller.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
let mock: RunningMock;
let browser: Browser;
before(async () => {
  [mock, browser] = await Promise.all([startMock(), startBrowser()]);
});
after(async () => {
  await browser.close();
  await mock.stop();
});
// The one before has applied as the same person: until tomorrow they need no other proof.
beforeEach(() => mock.advance(25 * 60 * 60));

/** A framework's own warnings count as troubles: both examples are built as for development. */
async function open(path: string) {
  const { page, troubles } = await takePhone(browser, mock.host);
  await listening(page);
  page.on('console', (message) => {
    if (message.type() === 'warn') troubles.push(message.text());
  });
  await page.goto(mock.host + path);
  return { page, troubles, traveller: new Traveller(page) };
}
const names = async (page: Page) => (await heardBy(page)).map(({ name }) => name);
const elements = (page: Page) =>
  page.evaluate(() => document.querySelectorAll('boarding-id').length);

for (const { path, framework } of [
  { path: '/embedding/react/', framework: 'React 19, in strict mode' },
  { path: '/embedding/vue/', framework: 'Vue 3' },
]) {
  it(`B5: ${framework}: properties and events; drawn anew, the flow stays; taken away and back, the code is there`, async () => {
    const { page, troubles, traveller } = await open(path);
    const { screen } = traveller;
    await traveller.chooseService();
    await screen.sees('林*满');
    await traveller.apply();

    // The language is the host's state: another drawing with other properties, in mid-flow.
    await screen.press('English');
    await screen.press('中文');
    await screen.sees('开始核验');
    // As a function written in the markup: another one with every drawing.
    await page.evaluate(() => {
      const element = document.querySelector('boarding-id')!;
      const { session } = element;
      element.session = () => session();
    });
    await traveller.passLiveness();
    await traveller.readCode();
    await screen.sees('有效至 20');
    assert.deepEqual(await names(page), ['opened', 'issued', 'code-shown']);

    await traveller.leaveService();
    await screen.press('临时乘车身份证明');
    assert.equal(await elements(page), 1);
    await traveller.chooseService();
    await traveller.readCode();
    assert.deepEqual((await names(page)).slice(3), ['closed', 'opened', 'code-shown']);
    assert.deepEqual(await violationsOf(page), []);
    assert.deepEqual(troubles, []);
    await page.close();
  });
}

/** A page of a team's own, which has these modules, and a session of its own server's. */
async function serving(page: Page, modules: Record<string, string | Buffer>): Promise<void> {
  await page.evaluateOnNewDocument(`
    window.session = async () => {
      const body = JSON.stringify({ person: 'minor' });
      const headers = { 'Content-Type': 'application/json' };
      const answer = await fetch('/mock/sessions', { method: 'POST', headers, body });
      return (await answer.json()).session;
    };
  `);
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (pathname === '/team/') {
      const body =
        '<!doctype html><div id="root"></div><script type="module" src="/team.js"></script>';
      return request.respond({ contentType: 'text/html', body });
    }
    const body = modules[pathname];
    if (body === undefined) return request.continue();
    return request.respond({ contentType: 'text/javascript; charset=utf-8', body });
  });
}

describe('React 19, with an element of an effect’s own making', () => {
  /** Strict mode makes an effect, undoes it and makes it again. */
  const script = `
    import { createElement, StrictMode, useEffect, useRef } from 'react';
    import { createRoot } from 'react-dom/client';
    function Pass() {
      const place = useRef(null);
      useEffect(() => {
        window.made = (window.made ?? 0) + 1;
        const element = document.createElement('boarding-id');
        Object.assign(element, { issuer: location.origin, session: window.session });
        place.current.append(element);
        return () => element.remove();
      }, []);
      return createElement('div', { ref: place });
    }
    import('/embedding/script-tag/boarding-id.bundle.js').then(() =>
      createRoot(document.querySelector('#root')).render(createElement(StrictMode, null, createElement(Pass))),
    );
  `;

  it('B5: strict mode’s first one goes at once, and the second leads to the code', async () => {
    const { outputFiles } = await build({
      stdin: { contents: script, resolveDir: root },
      bundle: true,
      write: false,
      format: 'esm',
      define: { 'process.env.NODE_ENV': '"development"' },
      external: ['/embedding/*'],
    });
    const { page, troubles } = await takePhone(browser, mock.host);
    await serving(page, { '/team.js': outputFiles[0]!.text });
    await page.goto(`${mock.host}/team/`);
    const traveller = new Traveller(page);
    await traveller.chooseService();
    assert.equal(await page.evaluate('made'), 2);
    assert.equal(await elements(page), 1);
    await traveller.apply();
    await traveller.passLiveness();
    await traveller.readCode();
    assert.deepEqual(troubles, []);
  });
});

describe('Vue 3, with a template', () => {
  const { resolve } = createRequire(import.meta.url);
  const library = readFileSync(resolve('vue/dist/vue.esm-browser.js'));

  /** As the page of a team that compiles in the browser; the same options are a bundler's plugin's. */
  const script = `
    import { createApp, ref } from '/vue.js';
    import '/embedding/script-tag/boarding-id.bundle.js';
    const Pass = {
      setup: () => ({ session: window.session, issuer: location.origin }),
      template: \`<boarding-id :issuer="issuer" screen="code" :session.prop="session"
        @boarding-id-issued="$emit('until', $event.detail.validUntil)"
        @boarding-id-closed="$emit('closed', $event.detail.reason)" />\`,
      emits: ['until', 'closed'],
    };
    const app = createApp({
      components: { Pass },
      setup: () => ({ isShown: ref(true), until: ref(0), closed: ref('') }),
      template: \`<button @click="isShown = !isShown">{{ isShown ? 'Hide' : 'Show' }} {{ until }} {{ closed }}</button>
        <keep-alive><Pass v-if="isShown" @until="until = $event" @closed="closed = $event" /></keep-alive>\`,
    });
    app.config.compilerOptions.isCustomElement = (tag) => tag.startsWith('boarding-id');
    app.mount('#root');
  `;

  it('B5: kept alive and shown again, it opens again, with the code of whoever is signed in', async () => {
    const { page, troubles } = await takePhone(browser, mock.host);
    await listening(page);
    await serving(page, { '/team.js': script, '/vue.js': library });
    await page.goto(`${mock.host}/team/`);
    const traveller = new Traveller(page);
    const { screen } = traveller;
    await traveller.apply();
    await traveller.passLiveness();
    await traveller.readCode();
    await screen.press('Hide 1');
    // Out of the page, so that only a listener on the element itself hears it.
    await screen.sees(' host');
    assert.equal(await elements(page), 0);
    await screen.press('Show 1');
    await traveller.readCode();
    assert.deepEqual(await names(page), ['opened', 'issued', 'code-shown', 'opened', 'code-shown']);
    assert.deepEqual(troubles, []);
  });
});
