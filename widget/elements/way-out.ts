import { css, html, type TemplateResult } from 'lit';
import type { State } from '../flow/state.ts';
import type { Dictionary } from '../locales/index.ts';
import { paperWindows } from './paper-windows.ts';

export const wayOutStyles = css`
  .way-out {
    position: sticky;
    bottom: 0;
    margin-top: auto;
    background: var(--bid-surface);
    border-top: 1px solid var(--bid-line);
    line-height: 1.4;
  }
  .way-out > * {
    max-width: 34em;
    margin-inline: auto;
    padding: 0.625em 1em;
  }
  .way-out summary {
    min-height: 44px;
    cursor: pointer;
    font-weight: 600;
    color: var(--bid-ink);
  }
  .way-out div {
    max-height: 50vh;
    overflow: auto;
    padding-top: 0;
  }
  /* On a screen this low it would cover what it stands below. */
  @media (max-height: 30rem) {
    .way-out {
      position: static;
    }
  }
`;

/** The paper window, at the foot of every screen; a refusal spells it out in the screen itself. */
export function wayOut({ screen, known }: State, texts: Dictionary): TemplateResult | undefined {
  if (screen.name === 'outcome' && screen.outcome.status === 'refused') return undefined;
  return html`<details class="way-out" part="way-out">
    <summary>${texts.paper.summary}</summary>
    <div tabindex="0">${paperWindows(known, texts)}</div>
  </details>`;
}
