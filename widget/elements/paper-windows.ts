import { html, nothing, type TemplateResult } from 'lit';
import type { PaperWindow } from '../protocol/messages/holder.ts';
import type { Location } from '../flow/state.ts';
import type { Dictionary } from '../locales/index.ts';

/** The police windows near the traveller, nearest first; none before a place is known. */
export function windowsNear(location: Location): readonly PaperWindow[] {
  if (location.status !== 'found') return [];
  return [...location.place.windows].sort((a, b) => a.distanceMetres - b.distanceMetres);
}

/** A text that the issuer sends in both languages. */
export const inLanguage = (text: { zh: string; en: string }, { language }: Dictionary): string =>
  language === 'en' ? text.en : text.zh;

/** The way out that every screen has (R14): where a paper proof is made. */
export function paperWindows(location: Location, texts: Dictionary): TemplateResult {
  const windows = windowsNear(location);
  return html`<p>${texts.paper.text}</p>
    ${windows.length === 0 ? html`<p class="muted">${texts.paper.unknown}</p>` : nothing}
    <ul class="windows">
      ${windows.map(
        (window) =>
          html`<li>
            <strong>${inLanguage(window.station, texts)}</strong>
            <span class="muted"
              >${inLanguage(window.position, texts)} ·
              ${texts.paper.distance(window.distanceMetres)} ·
              ${window.hours}${window.mock ? html`<br />${texts.paper.mock}` : nothing}</span
            >
          </li>`,
      )}
    </ul>`;
}
