import { html, nothing, type TemplateResult } from 'lit';
import type { Refusal } from '../flow/refusal.ts';
import type { Dictionary } from '../locales/index.ts';
import { dateAndTime } from './shanghai-format.ts';

/** Why, from when on or after how long it would go through, and what to do now. */
export function refusalText(refusal: Refusal, texts: Dictionary): TemplateResult {
  const { text, next } = texts.refusals[refusal.code];
  const { availableFrom, retryAfter, attemptsLeft } = refusal;
  return html`<p>
      ${text}
      ${
        availableFrom === undefined
          ? nothing
          : texts.outcome.availableFrom(dateAndTime(texts, availableFrom))
      }
      ${retryAfter === undefined ? nothing : texts.outcome.retryAfter(retryAfter)}
      ${attemptsLeft === undefined ? nothing : texts.outcome.attemptsLeft(attemptsLeft)}
    </p>
    <p>${next}</p>`;
}

/** A refusal within a screen that otherwise goes on. */
export const refusalNotice = (refusal: Refusal | undefined, texts: Dictionary) =>
  refusal &&
  html`<section class="notice">
    <h2>${texts.refusals[refusal.code].title}</h2>
    ${refusalText(refusal, texts)}
  </section>`;
