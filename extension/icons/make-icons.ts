import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { launch } from 'puppeteer-core';
import { browserForTests } from '../../test/browser.ts';
import { iconSizes } from '../manifest.ts';

/** `node --import tsx extension/icons/make-icons.ts` after a change of `icon.svg`: draws each size beside it. */

const here = fileURLToPath(new URL('.', import.meta.url));
const drawing = Buffer.from(readFileSync(`${here}icon.svg`)).toString('base64');

const browser = await launch({ executablePath: await browserForTests(), args: ['--no-sandbox'] });
const page = await browser.newPage();
await page.setContent(
  `<body style="margin: 0"><img style="display: block" src="data:image/svg+xml;base64,${drawing}">`,
);
for (const size of iconSizes) {
  await page.setViewport({ width: size, height: size });
  await page.$eval('img', (image, side) => (image.width = side), size);
  await page.screenshot({ path: `${here}${size}.png`, omitBackground: true });
}
await browser.close();
