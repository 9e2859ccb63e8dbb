import { css, html, type TemplateResult } from 'lit';

export const resultStyles = css`
  .result,
  .result p {
    text-wrap: balance;
  }
  .result {
    justify-items: center;
    text-align: center;
    padding-block: 2em 1.5em;
  }
  .result h2 {
    font-size: 1.375em;
  }
  .mark {
    width: 2.25em;
    line-height: 2.25em;
    border-radius: 50%;
    font-size: 1.75em;
    font-weight: 700;
    background: var(--bid-background);
    color: var(--bid-ink);
  }
  .mark[data-mark='!'] {
    background: var(--bid-warning-surface);
    color: var(--bid-warning);
  }
  .mark[data-mark='✓'] {
    background: var(--bid-good-surface);
    color: var(--bid-good);
  }
`;

/** How something stands, with a sign that the words repeat. */
export const result = (mark: '…' | '✓' | '!', words: TemplateResult): TemplateResult =>
  html`<section class="card result">
    <span class="mark" data-mark=${mark} aria-hidden="true">${mark}</span>
    ${words}
  </section>`;
