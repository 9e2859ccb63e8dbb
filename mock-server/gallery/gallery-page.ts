import { html, render, type TemplateResult } from 'lit';
import '../../widget/elements/define-screens.ts';
import { BoardingId, type Composition } from '../../widget/elements/boarding-id.ts';
import { BoardingIdEntry } from '../../widget/elements/entry-tile.ts';
import type { Settings } from '../host-app/settings.ts';
import { SampleFlow } from './sample-flow.ts';
import { sample, sampleNames, type SampleName } from './samples.ts';
import { texts } from './texts.ts';

/** The hosts whose style rules stand in `style.css`. */
export const lookNames = ['rail', 'bus', 'terminal', 'plain'] as const;
export type LookName = (typeof lookNames)[number];

/** The component itself on a flow of samples; no liveness check is drawn. */
class SampleBoardingId extends BoardingId {
  sample: SampleName = 'application';

  protected createFlow(): Composition {
    const now = (): number => this.clock?.() ?? Date.now();
    return {
      flow: new SampleFlow(sample(this.sample, Math.floor(now() / 1000)), now),
      stage: { attach: () => {}, detach: () => {} },
    };
  }
}

if (!customElements.get('boarding-id')) {
  customElements.define('boarding-id', SampleBoardingId);
  customElements.define('boarding-id-entry', BoardingIdEntry);
}

/** What a host has written for the component: its own rules, read from the page's style sheets. */
export function rulesOf(look: LookName): string {
  const mine = `.${look} boarding-id`;
  return [...document.styleSheets]
    .flatMap((sheet) => [...sheet.cssRules])
    .filter((rule) => rule instanceof CSSStyleRule)
    .filter(({ selectorText }) => selectorText.startsWith(mine))
    .map(({ selectorText, style }) => {
      const declarations = style.cssText.split('; ').map((each) => `  ${each.replace(/;$/, '')};`);
      return `${selectorText.replaceAll(`.${look} `, '')} {\n${declarations.join('\n')}\n}`;
    })
    .join('\n');
}

/** Draws the gallery; called again when a setting has changed. */
export function drawGallery(
  root: HTMLElement,
  settings: Settings,
  change: (change: Partial<Settings>) => void,
): void {
  const t = texts[settings.language];
  const page = document.documentElement;
  page.lang = t.locale;
  page.dataset['theme'] = settings.theme;
  document.title = t.title;
  render(
    html`<header class="bar">
        <h1 tabindex="-1">${t.title}</h1>
        <p>${t.lead}</p>
        <div class="settings">
          <label>
            ${t.theme}
            <select
              @change=${({ target }: Event) =>
                change({ theme: themes[(target as HTMLSelectElement).selectedIndex] ?? 'system' })}
            >
              ${themes.map(
                (theme) =>
                  html`<option ?selected=${theme === settings.theme}>${t.themes[theme]}</option>`,
              )}
            </select>
          </label>
          <button
            lang=${settings.language === 'zh' ? 'en' : 'zh-CN'}
            @click=${() => change({ language: settings.language === 'zh' ? 'en' : 'zh' })}
          >
            ${t.otherLanguage}
          </button>
        </div>
      </header>
      <main>${lookNames.map((look) => band(look, settings))}</main>`,
    root,
  );
}

const themes = ['system', 'light', 'dark'] as const satisfies readonly Settings['theme'][];

/** One host: its name and tile, what it has written, and the screens in its look. */
function band(look: LookName, { language }: Settings): TemplateResult {
  const t = texts[language];
  const { name, about } = t.looks[look];
  return html`<section class="look ${look}" aria-labelledby=${look}>
    <div class="host">
      <h2 id=${look}>${name}</h2>
      <p>${about}</p>
      <pre tabindex="0">${rulesOf(look) || t.nothingSet}</pre>
      <boarding-id-entry lang=${language}></boarding-id-entry>
    </div>
    <ul class="screens" tabindex="0" aria-label=${name}>
      ${sampleNames.map(
        (screen) =>
          html`<li>
            <div class="phone">
              <boarding-id .sample=${screen} lang=${language}></boarding-id>
            </div>
            <p>${t.screens[screen]}</p>
          </li>`,
      )}
    </ul>
  </section>`;
}
