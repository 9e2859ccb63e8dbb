import type { Snippet } from '../docs/snippets.ts';
import { NativeHost } from '../bridge/native-host.ts';

/** Nothing listens there: what these tests show needs no issuer. */
const nowhere = 'http://127.0.0.1:9';

/** By what a document calls them: the package's modules, and the servers. */
const names: Record<string, string> = {
  './boarding-id.bundle.js': `${location.origin}/widget/bundle.ts`,
  'boarding-id.bundle.js': `${location.origin}/widget/bundle.ts`,
  'boarding-id/define': `${location.origin}/widget/define.ts`,
  'boarding-id/entry': `${location.origin}/widget/entry.ts`,
  'boarding-id/bridge': `${location.origin}/widget/bridge.ts`,
  'https://issuer.example': nowhere,
  'https://app.example': location.origin,
  'https://boarding.example': location.origin,
};

const runnable = (text: string): string =>
  text.replaceAll(/(["'])([^"'\n]+)\1/g, (quoted, quote, name) =>
    names[name] === undefined ? quoted : `${quote}${names[name]}${quote}`,
  );

/** A snippet as the markup of a page: a script is a module of its own. */
export const markupOf = ({ language, text }: Snippet, more = ''): string =>
  language === 'html' ? runnable(text) : `<script type="module">${runnable(text)}${more}</script>`;

/** A page as a host has it: what stands in it, and what the host puts on its window before. */
export interface HostPage extends Window {
  fetch: typeof fetch;
  MessageEvent: typeof MessageEvent;
}

declare global {
  interface Window {
    prepareHostPage?: (page: HostPage) => void;
  }
}

/** Opens a page in a frame, its window prepared before any script of it runs. */
export function openPage(
  markup: string,
  prepare: (page: HostPage) => void = () => undefined,
): Promise<HostPage> {
  window.prepareHostPage = prepare;
  const frame = document.createElement('iframe');
  frame.srcdoc = `<!doctype html><html lang="zh"><body>
    <script>parent.prepareHostPage(window)</script>${markup}</body></html>`;
  return new Promise((resolve) => {
    frame.addEventListener('load', () => resolve(frame.contentWindow as HostPage), { once: true });
    document.body.append(frame);
  });
}

/** What the page's own server answers, by path; all else goes the usual way. Requests are written down. */
export function serve(page: HostPage, answers: Record<string, () => Response>): string[] {
  const asked: string[] = [];
  const usual = page.fetch.bind(page);
  page.fetch = (input, options) => {
    const path = typeof input === 'string' ? input : '';
    const answer = answers[path];
    if (!answer) return usual(input, options);
    asked.push(`${options?.method ?? 'GET'} ${path}`);
    return Promise.resolve(answer());
  };
  return asked;
}

/** Puts something on a window that the browser may have there already. */
export const put = (page: HostPage, name: string, value: unknown): void => {
  Object.defineProperty(page, name, { value, configurable: true });
};

/** How a host that can only run script in the page speaks to it. */
export const sayByScript =
  (page: HostPage) =>
  (text: unknown): boolean =>
    page.dispatchEvent(new page.MessageEvent('boarding-id-host-message', { data: text }));

/** A host that can do all that a document's page is told to give first, with nobody signed in. */
export const someHost = (): NativeHost =>
  new NativeHost(['session', 'location', 'close'], {
    session: { session: null },
    location: { ok: false, reason: 'denied' },
  });

/** Waits until something is there. */
export async function there<Found>(look: () => Found | undefined | null | false): Promise<Found> {
  for (;;) {
    const found = look();
    if (found) return found;
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}

export const componentIn = (page: Window): HTMLElementTagNameMap['boarding-id'] | null =>
  page.document.querySelector('boarding-id');

/** The heading of the screen that the page's component shows. */
export const headingIn = (page: Window): string | undefined =>
  componentIn(page)
    ?.shadowRoot?.querySelector('boarding-id-header')
    ?.shadowRoot?.querySelector('h1')?.textContent;
