import { html, nothing, type TemplateResult } from 'lit';
import { icon } from './icons.ts';
import { addressOf } from './route.ts';
import { hourAndMinute, stationName, timeText, type Scene } from './scene.ts';

/** Id that the tile names, so that it opens this page's component and places none of its own. */
export const embeddedId = 'boarding-id';

/** The app's home page, with the tile 温馨服务 (R1). */
export function homeView(scene: Scene): TemplateResult {
  const { app, state, texts } = scene;
  const { settings, person, people } = state;
  const signedIn = people.find(({ id }) => id === person);
  return html`
    <header class="hero">
      <div class="brand">
        <div>
          <h1 tabindex="-1">${texts.brand}</h1>
          <p>${texts.slogan}</p>
        </div>
        <a href=${addressOf({ page: 'account' })}>
          ${icon('account')} ${signedIn ? signedIn.label[settings.language] : texts.signIn}
        </a>
      </div>
      ${searchCard(scene)}
    </header>
    <main>
      <nav class="tiles" aria-label=${texts.pages.home}>
        <a href=${addressOf({ page: 'buy' })}>${icon('buy')} ${texts.pages.buy}</a>
        <a href=${addressOf({ page: 'tickets' })}>${icon('tickets')} ${texts.pages.tickets}</a>
        <boarding-id-entry
          lang=${settings.language}
          for=${embeddedId}
          @boarding-id-entry-open=${() => app.go({ page: 'boarding-id', screen: 'services' })}
          @boarding-id-entry-failed=${() => app.failed('unreachable')}
        ></boarding-id-entry>
        <a href=${addressOf({ page: 'more' })}>${icon('more')} ${texts.pages.more}</a>
      </nav>
      <section aria-labelledby="departures-heading">
        <h2 id="departures-heading">${texts.departures}</h2>
        ${departures(scene)}
      </section>
    </main>
  `;
}

function departures({ state, texts }: Scene): TemplateResult | typeof nothing {
  const { stations, trains } = state;
  // The stations come with the trains: without them it is not known yet.
  if (stations.length === 0) return nothing;
  if (trains.length === 0) return html`<p class="card quiet">${texts.noTrains}</p>`;
  return html`<ul class="card departures">
    ${trains.slice(0, 4).map(
      ({ train, from, to, departsAt }) => html`
        <li>
          <strong>${timeText(texts, departsAt, hourAndMinute)}</strong>
          <span>${stationName(state, from)} → ${stationName(state, to)}</span>
          <span class="quiet">${train}</span>
        </li>
      `,
    )}
  </ul>`;
}

/** As high before the trains have come as after, so that nothing moves away under a finger. */
function searchCard({ state, texts }: Scene): TemplateResult {
  const [first] = state.trains;
  const name = (id: string | undefined): string =>
    id === undefined ? '—' : stationName(state, id);
  return html`
    <div class="search">
      <p><span>${texts.from}</span><strong>${name(first?.from)}</strong></p>
      ${icon('forward')}
      <p><span>${texts.to}</span><strong>${name(first?.to)}</strong></p>
      <a class="main" href=${addressOf({ page: 'buy' })}>${texts.search}</a>
    </div>
  `;
}
