import type { HTTPRequest, Page } from 'puppeteer-core';
import { madeUpNumber } from '../../mock-server/testbed/people.ts';
import { Traveller } from '../journeys/traveller.ts';

const plainPage = (issuer: string): string => `<!doctype html>
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <style>body { margin: 0 }</style>
  <boarding-id issuer="${issuer}" screen="application"></boarding-id>
  <script type="module" src="/embedding/script-tag/boarding-id.bundle.js"></script>`;

/**
 * A page of the mock's that holds the component alone, so that nothing else has the main thread; a guest has applied on it,
 * each time another (`serial` from 1 to 999), and stands before the check.
 */
export async function applyOnPlainPage(
  page: Page,
  host: string,
  serial: number,
): Promise<Traveller> {
  const body = plainPage(host);
  const answer = (request: HTTPRequest): void =>
    void (request.isNavigationRequest()
      ? request.respond({ contentType: 'text/html', body })
      : request.continue());
  await page.setRequestInterception(true);
  page.on('request', answer);
  await page.goto(`${host}/a-page-of-our-own`);
  page.off('request', answer);
  await page.setRequestInterception(false);
  const traveller = new Traveller(page);
  const number = madeUpNumber('11', '19880214', String(serial).padStart(3, '0'));
  await traveller.fillIn({ name: '何清和', number });
  await traveller.apply();
  return traveller;
}
