import { html, nothing, type TemplateResult } from 'lit';
import type { Refusal } from '../flow/refusal.ts';
import type { Dictionary } from '../locales/index.ts';
import { dateAndTime } from './shanghai-format.ts';

/** Why, from when on or after how long it would go through, and what to do now. */
export function refusalText(refusal: Refusal, texts: Dictionary): TemplateResult {
  const { text, next } = texts.refusals[refusal.code];
  const { availableFrom, retryAfter, attemptsLeft } = refusal;
  const paragraph = (words: string | undefined) => (words ? html`<p>${words}</p>` : nothing);
  const t = texts.outcome;
  return html`${paragraph(text)}
  ${paragraph(availableFrom === undefined ? undefined : t.availableFrom(dateAndTime(texts, availableFrom)))}
  ${paragraph(retryAfter === undefined ? undefined : t.retryAfter(retryAfter))}
  ${paragraph(attemptsLeft === undefined ? undefined : t.attemptsLeft(attemptsLeft))}
  ${paragraph(next)}`;
}

/** What the host has to add to this refusal; each screen hands it on to the place of its refusal. */
export const hostsText = html`<slot name="refusal"></slot>`;

/** A refusal within a screen that otherwise goes on. */
export const refusalNotice = (refusal: Refusal | undefined, texts: Dictionary) =>
  refusal &&
  html`<section class="notice">
    <h2>${texts.refusals[refusal.code].title}</h2>
    ${refusalText(refusal, texts)} ${hostsText}
  </section>`;
