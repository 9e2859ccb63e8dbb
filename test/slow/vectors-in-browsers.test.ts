import assert from 'node:assert/strict';
import { build } from 'esbuild';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { engines } from '../journeys/engines.ts';
import { startMock, type RunningMock } from '../journeys/running-mock.ts';
import { deckFile, type Deck } from '../vectors/make-vectors.ts';

const deck = JSON.parse(readFileSync(deckFile, 'utf8')) as Deck;

/** The check and nothing else, as a browser takes it. */
async function checkForBrowsers(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('../vectors/judge.ts', import.meta.url))],
    bundle: true,
    format: 'iife',
    globalName: 'vectors',
    platform: 'browser',
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}

describe('B12: the public test vectors in browsers', () => {
  let mock: RunningMock;
  before(async () => {
    mock = await startMock();
  });
  after(() => mock.stop());

  for (const engine of engines) {
    it(`agree with the check in ${engine.name}, case by case`, async () => {
      const browser = await engine.start();
      try {
        const page = await browser.newPage();
        // Any page that the browser deems secure: elsewhere there is no WebCrypto.
        await page.goto(`${mock.host}/docs`);
        const answers = (await page.evaluate(`(async () => {
          ${await checkForBrowsers()}
          const deck = ${JSON.stringify(deck)};
          const answers = [];
          for (const each of deck.cases) answers.push(await vectors.judge(deck, each));
          return answers;
        })()`)) as unknown[];
        assert.deepEqual(
          answers,
          deck.cases.map(({ scans }) => scans.map(({ expected }) => expected)),
        );
      } finally {
        await browser.close();
      }
    });
  }
});
