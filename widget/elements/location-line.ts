import { css, html, nothing, type TemplateResult } from 'lit';
import type { Known } from '../flow/state.ts';
import type { Dictionary } from '../locales/index.ts';
import { locationFailure, mendedInSettings } from './location-failure.ts';
import { inLanguage } from './paper-windows.ts';
import { refusalText } from './refusal-text.ts';
import type { Given } from './screen.ts';
import { settingsButton } from './settings-button.ts';
import { slowLine } from './slow-line.ts';

export const locationStyles = css`
  .location {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    align-items: center;
    gap: 0.75em;
  }
  .location > div {
    flex: 1 1 8em;
  }
  .location button {
    flex: 0 1 auto;
  }
  /* Why it failed needs the width. */
  .location[data-status='failed'] > div,
  .location[data-status='unnamed'] > div {
    flex-basis: 100%;
  }
`;

/** The city, or why there is none and what to do about it, beside 重新定位 (R6). */
export const locationLine = (
  { known, texts, send }: Pick<Given, 'known' | 'texts' | 'send'>,
  error: string | undefined,
): TemplateResult => {
  return html`<section class="card">
    <div class="location" data-status=${known.location.status}>
      <div>
        <p class="muted">${texts.location.label}</p>
        ${where(known, texts)} ${slowLine('location', { known, texts })}
        ${error ? html`<p class="error" id="location-error">${error}</p>` : nothing}
      </div>
      ${
        known.location.status === 'asking'
          ? nothing
          : html`<button
              id="location"
              class="quiet"
              type="button"
              aria-describedby=${error ? 'location-error' : nothing}
              @click=${() => send({ type: 'locate' })}
            >
              ${known.location.status === 'unasked' ? texts.location.locate : texts.location.again}
            </button>`
      }
      ${mendedInSettings(known) ? settingsButton({ known, texts, send }, 'location') : nothing}
    </div>
  </section>`;
};

function where(known: Known, texts: Dictionary): TemplateResult {
  const { location } = known;
  if (location.status === 'found') {
    return html`<p><strong>${inLanguage(location.place.city, texts)}</strong></p>`;
  }
  if (location.status === 'unnamed') return refusalText(location.refusal, texts);
  return html`<p>
    ${
      location.status === 'failed'
        ? locationFailure(location.reason, known, texts)
        : texts.location[location.status]
    }
  </p>`;
}
