import { css, html, nothing, type TemplateResult } from 'lit';
import type { Dictionary } from '../locales/index.ts';

export const progressStyles = css`
  .progress {
    display: grid;
    grid-template-columns: repeat(3, 1fr);
    gap: 0.5em;
    font-size: 0.875em;
    color: var(--bid-muted);
  }
  .progress li {
    padding-top: 0.375em;
    border-top: 4px solid var(--bid-line);
  }
  .progress .reached {
    border-color: var(--bid-ink);
  }
  .progress [aria-current] {
    color: var(--bid-ink);
    font-weight: 600;
  }
`;

/** 填写 → 核验 → 出示 @param current counts from 0 */
export const progress = (current: 0 | 1, texts: Dictionary): TemplateResult =>
  html`<ol class="progress" aria-label=${texts.steps.label}>
    ${texts.steps.names.map(
      (name, step) =>
        html`<li
          class=${step <= current ? 'reached' : ''}
          aria-current=${step === current ? 'step' : nothing}
        >
          ${step + 1} ${name}
        </li>`,
    )}
  </ol>`;
