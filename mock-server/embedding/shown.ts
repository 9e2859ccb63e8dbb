import { eventNames } from '../host-app/embedded.ts';

/** What the page of examples does to each of them: it chooses the language and hears the events. */

const lang = new URLSearchParams(location.search).get('lang') ?? 'zh';
document.documentElement.lang = lang === 'en' ? 'en' : 'zh-CN';
for (const element of document.querySelectorAll('boarding-id, boarding-id-entry')) {
  element.setAttribute('lang', lang);
}

for (const name of [...eventNames, 'boarding-id-entry-open', 'boarding-id-entry-failed']) {
  document.addEventListener(name, (event) => {
    const { detail } = event as CustomEvent<unknown>;
    if (parent !== window) parent.postMessage({ name, detail }, location.origin);
  });
}
