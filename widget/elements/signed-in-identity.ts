import { css, html, nothing, type TemplateResult } from 'lit';
import type { Me } from '../protocol/messages/holder.ts';
import type { Dictionary } from '../locales/index.ts';
import type { Given } from './screen.ts';
import { date, dateAndTime } from './shanghai-format.ts';
import { slowLine } from './slow-line.ts';

export const signedInStyles = css`
  .masked {
    font-size: 1.375em;
    font-weight: 600;
  }
`;

/**
 * Who is signed in, masked by the issuer; the page never has more (R4).
 *
 * @param at whole seconds since the epoch
 */
export function signedInIdentity(given: Given<'application'>, at: number): TemplateResult {
  const { known, screen, texts } = given;
  const { me } = known;
  const t = texts.application;
  if (!me) {
    return screen.refusal
      ? html`<p class="muted">${t.identityUnknown}</p>`
      : html`<p class="muted">${texts.loading}</p>
          ${slowLine('start', given)}`;
  }
  return html`<div>
      <h2 class="muted">${t.identity}</h2>
      <p class="masked">${me.holder.name}</p>
      <p>${t.documents[me.documentType]} ${me.holder.number}</p>
      <p class="muted">${t.identityFrom}</p>
    </div>
    ${existing(me, texts, at)}`;
}

function existing({ proof }: Me, texts: Dictionary, at: number) {
  if (!proof || proof.validUntil <= at) return nothing;
  const { existing: tooEarly, renewable } = texts.application;
  const until = dateAndTime(texts, proof.validUntil);
  return html`<p class="notice">
    ${at < proof.renewFrom ? tooEarly(until, dateAndTime(texts, proof.renewFrom)) : renewable(until)}
  </p>`;
}

/** How often the month still allows to apply, or from when on it does again (R9). */
export function applicationsLeft({ known, texts }: Pick<Given, 'known' | 'texts'>) {
  const { me, policy } = known;
  if (!me) return nothing;
  const { left, noneLeft } = texts.application;
  return html`<p class="muted">
    ${
      me.applicationsLeft > 0 || me.applicationsFrom === undefined
        ? left(me.applicationsLeft, policy.applicationsPerMonth)
        : noneLeft(date(texts, me.applicationsFrom))
    }
  </p>`;
}
