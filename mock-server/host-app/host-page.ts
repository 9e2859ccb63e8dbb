import { html, nothing, render, type TemplateResult } from 'lit';
import { accountView } from './account-view.ts';
import { buyView } from './buy-view.ts';
import { controlsView } from './controls-view.ts';
import type { Embedded } from './embedded.ts';
import { homeView } from './home-view.ts';
import type { HostApp } from './host-app.ts';
import { icon } from './icons.ts';
import { moreView, servicesView } from './more-view.ts';
import { addressOf, type PageName } from './route.ts';
import { hourAndMinute, timeText, type Scene } from './scene.ts';
import { en } from './texts-en.ts';
import { zh } from './texts-zh.ts';
import { ticketsView } from './tickets-view.ts';

const views = {
  home: homeView,
  buy: buyView,
  tickets: ticketsView,
  more: moreView,
  services: servicesView,
  account: accountView,
} satisfies Record<PageName, (scene: Scene) => TemplateResult>;

/** The pages that the tab bar leads to; the others have a back button. */
const tabs = ['home', 'buy', 'tickets', 'account'] as const;

/** Draws the ticketing app into `root`, and the component where the address says so. */
export class HostPage {
  readonly #root: HTMLElement;
  readonly #app: HostApp;
  readonly #embedded: Embedded;
  #shown: string | undefined;

  constructor(root: HTMLElement, app: HostApp, embedded: Embedded) {
    this.#root = root;
    this.#app = app;
    this.#embedded = embedded;
  }

  /** Draws until the signal aborts. */
  start(signal: AbortSignal): void {
    const stop = this.#app.subscribe(() => this.draw());
    signal.addEventListener('abort', () => {
      stop();
      this.#embedded.hide();
    });
    this.draw();
  }

  draw(): void {
    const app = this.#app;
    const { state } = app;
    const { route, settings } = state;
    const texts = settings.language === 'zh' ? zh : en;
    const scene: Scene = { app, state, texts };
    const page = document.documentElement;
    page.lang = texts.locale;
    page.dataset['theme'] = settings.theme;
    document.title = texts.brand;
    this.#embedded.apply({
      language: settings.language,
      largeText: settings.largeText,
      session: app.session,
    });
    render(
      html`
        <div class="app">
          <div class="phone" data-text=${settings.largeText ? 'large' : 'normal'}>
            ${mockBar(scene)}
            ${
              route.page === 'boarding-id'
                ? html`<main class="embedded"></main>`
                : html`${titleBar(scene)} ${views[route.page](scene)} ${failureNotice(scene)}
                  ${tabBar(scene)}`
            }
          </div>
          ${controlsView(scene)}
        </div>
      `,
      this.#root,
    );
    this.#arrive();
  }

  /** After a change of page: the component comes or goes, and the heading has the focus. */
  #arrive(): void {
    const { route } = this.#app.state;
    const address = addressOf(route);
    if (address === this.#shown) return;
    const first = this.#shown === undefined;
    this.#shown = address;
    if (route.page !== 'boarding-id') {
      this.#embedded.hide();
      if (!first) this.#root.querySelector<HTMLElement>('h1')?.focus();
      return;
    }
    const place = this.#root.querySelector('.embedded');
    if (!place) return;
    this.#embedded.show(route.screen, place).catch(() => {
      this.#app.go({ page: 'home' });
      this.#app.failed('unreachable');
    });
  }
}

function mockBar({ app, state, texts }: Scene): TemplateResult {
  const { language } = state.settings;
  return html`
    <section class="mock-bar" aria-label=${texts.mock}>
      <span>${texts.mock} · ${timeText(texts, app.now() / 1000, hourAndMinute)}</span>
      <button
        lang=${language === 'zh' ? 'en' : 'zh-CN'}
        @click=${() => app.set({ language: language === 'zh' ? 'en' : 'zh' })}
      >
        ${texts.otherLanguage}
      </button>
      <button
        class="open-controls"
        aria-label=${texts.controls.open}
        aria-expanded=${state.controlsOpen}
        aria-controls="controls"
        @click=${() => app.openControls(!state.controlsOpen)}
      >
        ${icon('controls')}
      </button>
    </section>
  `;
}

/** The home page has a header of its own. */
function titleBar({ state, texts }: Scene): TemplateResult | typeof nothing {
  const { page } = state.route;
  if (page === 'home' || page === 'boarding-id') return nothing;
  const behind: PageName = page === 'services' ? 'more' : 'home';
  return html`
    <header class="title-bar">
      <a href=${addressOf({ page: behind })} aria-label=${texts.back}>${icon('back')}</a>
      <h1 tabindex="-1">${texts.pages[page]}</h1>
    </header>
  `;
}

function failureNotice({ state, texts }: Scene): TemplateResult {
  const { failure } = state;
  return html`<div class="notice" role="alert">
    ${failure ? html`<p>⚠ ${texts.failures[failure] ?? texts.otherFailure}</p>` : nothing}
  </div>`;
}

function tabBar({ state, texts }: Scene): TemplateResult {
  return html`
    <nav class="tabs" aria-label=${texts.tabs}>
      ${tabs.map(
        (page) => html`
          <a
            href=${addressOf({ page })}
            aria-current=${state.route.page === page ? 'page' : nothing}
          >
            ${icon(page)} <span>${texts.pages[page]}</span>
          </a>
        `,
      )}
    </nav>
  `;
}
