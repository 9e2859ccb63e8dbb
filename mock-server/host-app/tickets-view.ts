import { html, type TemplateResult } from 'lit';
import { dayAndTime, stationName, timeText, type Scene } from './scene.ts';

/** The tickets bought since the page was loaded. */
export function ticketsView({ state, texts }: Scene): TemplateResult {
  if (state.tickets.length === 0) {
    return html`<main><p class="card quiet">${texts.noTickets}</p></main>`;
  }
  return html`
    <main>
      <ul class="tickets">
        ${state.tickets.map(
          ({ kind, train, from, to, validUntil }) => html`
            <li class="card ticket">
              <p class="line">
                <strong>${stationName(state, from)}</strong>
                <span class="train">${train}</span>
                <strong>${stationName(state, to)}</strong>
              </p>
              <p class="quiet">
                ${texts.kinds[kind]} · ${texts.validUntil}
                ${timeText(texts, validUntil, dayAndTime)}
              </p>
            </li>
          `,
        )}
      </ul>
      <p class="quiet">${texts.ticketNote}</p>
    </main>
  `;
}
