import type { Page, Protocol } from 'puppeteer-core';
import type { RunningMock } from './running-mock.ts';

/** A page in place of what the server has at its address. */
export interface Served {
  body: string;
  headers: Record<string, string>;
}

/** An event as the page of examples hears it. */
export interface Heard {
  name: string;
  detail: unknown;
}

/** For `changing`: a page given in the server's place counts as one from elsewhere than this machine. */
export const mayReachThisMachine = '--disable-features=LocalNetworkAccessChecks';

/** Changes what comes from these paths, in Chromium, on its way to the page. */
export async function changing(
  page: Page,
  changes: Record<string, (served: Served) => Partial<Served>>,
): Promise<void> {
  const session = await page.createCDPSession();
  session.on('Fetch.requestPaused', (paused) => void change(paused));

  async function change({ request, requestId, responseHeaders = [] }: Paused): Promise<void> {
    const { body } = await session.send('Fetch.getResponseBody', { requestId });
    const headers = responseHeaders.map(({ name, value }) => [name.toLowerCase(), value]);
    const served = {
      body: Buffer.from(body, 'base64').toString(),
      headers: Object.fromEntries(headers) as Record<string, string>,
    };
    const changed = { ...served, ...changes[new URL(request.url).pathname]?.(served) };
    await session.send('Fetch.fulfillRequest', {
      requestId,
      responseCode: 200,
      responseHeaders: Object.entries(changed.headers).map(([name, value]) => ({ name, value })),
      body: Buffer.from(changed.body).toString('base64'),
    });
  }

  await session.send('Fetch.enable', {
    patterns: Object.keys(changes).map((path) => ({
      urlPattern: `http://localhost:*${path}*`,
      resourceType: 'Document' as const,
      requestStage: 'Response' as const,
    })),
  });
}

type Paused = Protocol.Fetch.RequestPausedEvent;

/** Writes down, in this page and its frames, the component's events and what the policy refuses. */
export async function listening(page: Page): Promise<void> {
  await page.evaluateOnNewDocument(`
    window.heard = [];
    window.violations = [];
    for (const name of ${JSON.stringify(names)}) {
      addEventListener('boarding-id-' + name, ({ detail }) => heard.push({ name, detail }));
    }
    addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
      violations.push(effectiveDirective + ' ' + blockedURI));
  `);
}

const names = ['opened', 'issued', 'code-shown', 'refused', 'error', 'closed'];

export const heardBy = (page: Page): Promise<Heard[]> => page.evaluate('heard') as Promise<Heard[]>;

export const violationsOf = (page: Page): Promise<string[]> =>
  page.evaluate('violations') as Promise<string[]>;

/** A made-up resident of whom nobody knows. */
export const someGuest = async (mock: RunningMock): Promise<{ name: string; number: string }> =>
  (await (await fetch(`${mock.host}/mock/identity-example`)).json()) as {
    name: string;
    number: string;
  };
