import { html, render, type TemplateResult } from 'lit';
import type { Settings } from '../host-app/settings.ts';
import { texts } from './texts.ts';
import { ways, type WayName } from './ways.ts';

/** An event of the component, as the page that holds it has heard it. */
export interface Heard {
  /** Milliseconds since the epoch. */
  at: number;
  name: string;
  detail: unknown;
}

export interface Scene {
  language: Settings['language'];
  /** The latest last. */
  heard: Partial<Record<WayName, readonly Heard[]>>;
  source: Partial<Record<WayName, string>>;
}

/** Draws each way to embed the component; called again when something has changed. */
export function drawEmbedding(root: HTMLElement, scene: Scene, switchLanguage: () => void): void {
  const { language } = scene;
  const t = texts[language];
  document.documentElement.lang = t.locale;
  document.title = t.title;
  render(
    html`<header class="bar">
        <h1>${t.title}</h1>
        <p>${t.lead}</p>
        <button lang=${language === 'zh' ? 'en' : 'zh-CN'} @click=${switchLanguage}>
          ${t.otherLanguage}
        </button>
      </header>
      <main>${ways.map(({ name }) => card(name, scene))}</main>`,
    root,
  );
}

/** One way: the page itself, and beside it what it is made of and what it has heard. */
function card(way: WayName, { language, heard, source }: Scene): TemplateResult {
  const t = texts[language];
  const { name, about } = t.ways[way];
  const page = `/embedding/${way}/?lang=${language}`;
  return html`<section aria-labelledby=${way}>
    <iframe class="phone" title=${name} src=${page}></iframe>
    <div class="about">
      <h2 id=${way}>${name}</h2>
      <p>${about} <a href=${page} target="_blank">${t.alone}</a></p>
    </div>
    <div class="panel code">
      <h3>${t.source}</h3>
      <pre tabindex="0" aria-label=${`${name}: ${t.source}`}>${source[way] ?? ''}</pre>
    </div>
    <div class="panel events">
      <h3>${t.events}</h3>
      ${log(heard[way] ?? [], `${name}: ${t.events}`, t.noEvents)}
    </div>
  </section>`;
}

/** The latest first. */
const log = (heard: readonly Heard[], label: string, none: string): TemplateResult =>
  heard.length === 0
    ? html`<p class="none">${none}</p>`
    : html`<ol tabindex="0" aria-label=${label} reversed>
        ${heard.toReversed().map(
          ({ at, name, detail }) =>
            html`<li>
              <time>${new Date(at).toLocaleTimeString('en-GB')}</time> <b>${name}</b>
              ${detailText(detail)}
            </li>`,
        )}
      </ol>`;

const detailText = (detail: unknown): string => {
  const text = detail === null ? '{}' : JSON.stringify(detail);
  return text === '{}' ? '' : text;
};
