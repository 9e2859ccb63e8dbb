import type { Page } from 'puppeteer-core';

/** Everything a page leaves where others could read it: what B7 says must hold no identity. */
export interface Traces {
  /** Each with where it was seen. */
  seen: { where: string; text: string }[];
  /** Looks at what stands in the page and in its storage now. */
  look: () => Promise<void>;
}

/** Calls whose body carries what a guest has typed: the only way out of the page (R7). */
const identityGoesTo = /\/v1\/(applications|views)$/;

/** Begins to watch a page; to be called before it loads anything. */
export async function watchTraces(page: Page): Promise<Traces> {
  const seen: Traces['seen'] = [];
  const note = (where: string, text: string): void => {
    seen.push({ where, text });
  };
  page.on('console', (message) => note('console', message.text()));
  page.on('pageerror', (error) => note('error', String(error)));
  page.on('framenavigated', (frame) => note('address', frame.url()));
  page.on('request', (request) => {
    note('request address', request.url());
    note('request headers', JSON.stringify(request.headers()));
    if (!identityGoesTo.test(request.url())) note('request body', request.postData() ?? '');
  });
  page.on('response', (response) => {
    note('response headers', JSON.stringify(response.headers()));
    response.text().then(
      (text) => note(`answer of ${response.url()}`, text),
      () => undefined,
    );
  });
  await page.exposeFunction('noteTrace', note);
  await page.evaluateOnNewDocument(overhear);
  return {
    seen,
    look: async () => {
      note('address', page.url());
      note('attributes', (await page.evaluate(`(${attributes})(document)`)) as string);
      note('storage', (await page.evaluate(storage)) as string);
    },
  };
}

// These run in the page, so they stand alone.

const overhear = `{
  const note = (where, value) => {
    try { noteTrace(where, JSON.stringify(value) ?? ''); } catch { noteTrace(where, String(value)); }
  };
  const { dispatchEvent } = EventTarget.prototype;
  EventTarget.prototype.dispatchEvent = function (event) {
    if (event instanceof CustomEvent) note('event ' + event.type, event.detail);
    return dispatchEvent.call(this, event);
  };
  for (const [name, owner] of [['postMessage', BroadcastChannel.prototype], ['postMessage', MessagePort.prototype], ['postMessage', window]]) {
    const post = owner[name];
    owner[name] = function (...message) { note('message', message[0]); return post.apply(this, message); };
  }
}`;

/** Names and values of all attributes through all shadow roots. */
const attributes = `function attributes(root) {
  return [...root.querySelectorAll('*')].map((element) =>
    [...element.attributes].map(({ name, value }) => name + '=' + value).join(' ') +
    (element.shadowRoot ? attributes(element.shadowRoot) : '')).join('\\n');
}`;

const storage = `(async () => {
  const kept = [JSON.stringify({ ...localStorage }), JSON.stringify({ ...sessionStorage }), document.cookie];
  for (const { name } of await indexedDB.databases()) {
    const database = await new Promise((resolve, reject) => {
      const opening = indexedDB.open(name);
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
    for (const store of database.objectStoreNames) {
      const all = await new Promise((resolve, reject) => {
        const reading = database.transaction(store).objectStore(store).getAll();
        reading.onsuccess = () => resolve(reading.result);
        reading.onerror = () => reject(reading.error);
      });
      kept.push(name + ' ' + store + ' ' + JSON.stringify(all));
    }
    database.close();
  }
  for (const name of await caches.keys()) kept.push('cache ' + name);
  return kept.join('\\n');
})()`;
