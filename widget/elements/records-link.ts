import { html, nothing, type TemplateResult } from 'lit';
import type { Given } from './screen.ts';

/** The way to the records, which registered users have (R23): also while a code is shown. */
export const recordsLink = ({
  known,
  texts,
  send,
}: Pick<Given, 'known' | 'texts' | 'send'>): TemplateResult | typeof nothing =>
  known.registered
    ? html`<button class="quiet" @click=${() => send({ type: 'open', screen: 'records' })}>
        ${texts.headings.records}
      </button>`
    : nothing;
