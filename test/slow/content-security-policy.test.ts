import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'puppeteer-core';
import { startBrowser, takePhone } from '../journeys/browser.ts';
import {
  changing,
  listening,
  mayReachThisMachine,
  someGuest,
  violationsOf,
} from '../journeys/examples.ts';
import { startMock, type RunningMock } from '../journeys/running-mock.ts';
import { Traveller } from '../journeys/traveller.ts';

const guide = fileURLToPath(
  new URL('../../widget/docs/content-security-policy.md', import.meta.url),
);
/** What the guide says that a page must allow, in its first block. */
const promised = readFileSync(guide, 'utf8')
  .match(/Content-Security-Policy: (.*)/)![1]!
  .split('; ');
const path = '/embedding/script-tag/';
/** What the example allows for itself: its own style sheet, and to be shown among the others. */
const own = ["style-src 'self'", "frame-ancestors 'self'"];

describe('a page under the strictest policy, with the bundle in a script tag', () => {
  let mock: RunningMock;
  let browser: Browser;
  before(async () => {
    [mock, browser] = await Promise.all([
      startMock(),
      startBrowser({ args: [mayReachThisMachine] }),
    ]);
  });
  after(async () => {
    await browser.close();
    await mock.stop();
  });

  const inPlace = (directive: string) => directive.replace('https://issuer.example', mock.host);

  /** The example as it is, but for what a test changes in its policy and its text. */
  async function open(policy?: readonly string[], change = (body: string): string => body) {
    const { page, troubles } = await takePhone(browser, mock.host);
    await listening(page);
    if (policy) {
      const csp = [...policy, ...own].map(inPlace).join('; ');
      await changing(page, {
        [path]: ({ body, headers }) => ({
          body: change(body),
          headers: { ...headers, 'content-security-policy': csp },
        }),
      });
    }
    await page.goto(mock.host + path);
    return { page, troubles, traveller: new Traveller(page) };
  }

  async function fromTileToCode(traveller: Traveller): Promise<void> {
    await traveller.screen.press('温馨服务');
    await traveller.chooseService();
    await traveller.fillIn(await someGuest(mock));
    await traveller.apply();
    await traveller.passLiveness();
    await traveller.readCode();
  }

  const isRegistered = (page: Awaited<ReturnType<typeof open>>['page']) =>
    page.evaluate(() => customElements.get('boarding-id') !== undefined);

  it('B5: is served under what the guide says, and no more', async () => {
    const { headers } = await fetch(mock.host + path);
    const served = headers.get('Content-Security-Policy')!.split('; ');
    assert.deepEqual(served.toSorted(), [...promised, ...own].map(inPlace).toSorted());
    assert.ok(!served.join().includes('unsafe'));
  });

  it('B5: leads from the tile to the code, and nothing is refused on the way', async () => {
    const { page, troubles, traveller } = await open();
    await fromTileToCode(traveller);
    assert.deepEqual(await violationsOf(page), []);
    assert.deepEqual(troubles, []);
  });

  it('B5: a bundle of another hash is not run', async () => {
    const { page, troubles } = await open(promised, (body) =>
      body.replace(/sha384-.{8}/, 'sha384-AAAAAAAA'),
    );
    assert.match(troubles.join(), /integrity/);
    assert.equal(await isRegistered(page), false);
  });

  it('B5: every directive that allows something is needed', async () => {
    const without = (name: string, instead: string[] = []) => [
      ...promised.filter((directive) => !directive.startsWith(`${name} `)),
      ...instead,
    ];
    const allowing = promised.filter((each) => !/^default-src 'none'$|^require-/.test(each));
    assert.deepEqual(
      allowing.map((each) => each.split(' ')[0]),
      ['script-src', 'connect-src', 'trusted-types'],
    );

    const noScript = await open(without('script-src'));
    assert.equal(await isRegistered(noScript.page), false);
    const noPolicy = await open(without('trusted-types', ["trusted-types 'none'"]));
    assert.equal(await isRegistered(noPolicy.page), false);
    assert.deepEqual(await violationsOf(noPolicy.page), ['trusted-types trusted-types-policy']);

    const noIssuer = await open(without('connect-src'));
    const { screen } = noIssuer.traveller;
    await screen.press('温馨服务');
    await screen.press('乘坐旅客列车临时身份证明');
    await screen.sees('没有连上服务');
    assert.match((await violationsOf(noIssuer.page)).join(), /connect-src/);
  });

  it('B5: a second copy needs ‘allow-duplicates’; without it, the first does all the same', async () => {
    const twice = (body: string) =>
      body.replace(
        '</head>',
        '<script type="module" src="boarding-id.bundle.js?again"></script></head>',
      );
    const refused = await open(promised, twice);
    await refused.traveller.screen.press('温馨服务');
    await refused.traveller.screen.sees('乘坐旅客列车临时身份证明');
    assert.deepEqual(await violationsOf(refused.page), ['trusted-types trusted-types-policy']);

    const allowed = promised.map((each) =>
      each.startsWith('trusted-types') ? `${each} 'allow-duplicates'` : each,
    );
    const { page, troubles, traveller } = await open(allowed, twice);
    await fromTileToCode(traveller);
    assert.deepEqual(await violationsOf(page), []);
    assert.deepEqual(troubles, []);
  });
});
