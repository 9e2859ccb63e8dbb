import { html, nothing, type TemplateResult } from 'lit';
import type { PaperWindow } from '../protocol/messages/holder.ts';
import type { Known } from '../flow/state.ts';
import type { Dictionary } from '../locales/index.ts';

/** The police windows near the traveller, nearest first; none before a place was ever known. */
const windowsNear = ({ lastPlace }: Known): readonly PaperWindow[] =>
  [...(lastPlace?.windows ?? [])].sort((a, b) => a.distanceMetres - b.distanceMetres);

/** A text that the issuer sends in both languages. */
export const inLanguage = (text: { zh: string; en: string }, { language }: Dictionary): string =>
  language === 'en' ? text.en : text.zh;

/** The way out that every screen has (R14): where a paper proof is made. */
export function paperWindows(known: Known, texts: Dictionary): TemplateResult {
  const windows = windowsNear(known);
  const fromBefore = windows.length > 0 && known.location.status !== 'found';
  return html`<p>${texts.paper.text}</p>
    ${windows.length === 0 ? html`<p class="muted">${texts.paper.unknown}</p>` : nothing}
    ${fromBefore ? html`<p class="muted">${texts.paper.fromBefore}</p>` : nothing}
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
