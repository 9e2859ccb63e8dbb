import { css, html, type TemplateResult } from 'lit';
import type { Showing } from '../flow/state.ts';
import type { Dictionary } from '../locales/index.ts';
import { dateAndTime } from './shanghai-format.ts';

export const factStyles = css`
  dl div {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 1em;
    padding-block: 0.375em;
  }
  dt {
    color: var(--bid-muted);
  }
  dd {
    font-weight: 600;
    font-variant-numeric: tabular-nums;
  }
`;

/** Minutes from `at` to `until`, begun ones counted. */
export const minutesLeft = (at: number, until: number): number =>
  Math.max(0, Math.ceil((until - at) / 60));

/** What holds of the proof and of the grant to show it (R10, R11, R17). */
export function codeFacts(showing: Showing, at: number, texts: Dictionary): TemplateResult {
  const t = texts.code;
  const { proof, grantExpiresAt } = showing;
  const facts = [
    [t.validUntil, dateAndTime(texts, proof.validUntil)],
    [t.verifyAgain, t.inMinutes(minutesLeft(at, grantExpiresAt))],
    [t.renewFrom, t.from(dateAndTime(texts, proof.renewFrom))],
    [t.number, proof.number],
  ];
  return html`<dl>
    ${facts.map(
      ([name, value]) =>
        html`<div>
          <dt>${name}</dt>
          <dd>${value}</dd>
        </div>`,
    )}
  </dl>`;
}
