import { css } from 'lit';

/**
 * What all screens share: type, cards, buttons, notices. Sizes are in em, so text size scales all. A button takes
 * a line of its own before its words are broken.
 */
export const styles = css`
  * {
    box-sizing: border-box;
  }
  :host {
    display: grid;
    gap: 0.875em;
    align-content: start;
    color: var(--bid-text);
    line-height: 1.5;
    overflow-wrap: anywhere;
  }
  :host([hidden]) {
    display: none;
  }
  h1,
  h2,
  p,
  ul,
  ol,
  dl,
  dd {
    margin: 0;
    padding: 0;
  }
  h2 {
    font-size: 1.0625em;
    line-height: 1.4;
  }
  ul,
  ol {
    list-style: none;
  }
  .card {
    display: grid;
    gap: 0.875em;
    padding: 1.125em 1em;
    background: var(--bid-surface);
    border: 1px solid var(--bid-line);
    border-radius: var(--bid-radius);
  }
  .muted {
    color: var(--bid-muted);
    font-size: 0.875em;
  }
  .notice {
    padding: 0.75em 1em;
    border-radius: calc(var(--bid-radius) * 0.75);
    border: 1px solid transparent;
    background: var(--bid-warning-surface);
    color: var(--bid-warning);
  }
  p {
    text-wrap: pretty;
  }
  button {
    min-height: 3.125em;
    min-width: 44px;
    padding: 0.5em min(1.25em, 6%);
    border: 1px solid var(--bid-ink);
    border-radius: calc(var(--bid-radius) * 1.6);
    background: none;
    color: var(--bid-ink);
    font: inherit;
    font-weight: 600;
    line-height: 1.3;
    overflow-wrap: normal;
    cursor: pointer;
    touch-action: manipulation;
  }
  button.main {
    background: var(--bid-fill);
    color: var(--bid-on-fill);
  }
  button.quiet {
    min-height: 44px;
    padding: 0.25em 0.5em;
    border-color: transparent;
  }
  button[aria-disabled='true'] {
    opacity: 0.7;
    cursor: progress;
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 0.75em;
  }
  .actions > * {
    flex: 1 1 max-content;
    min-width: 6em;
  }
  :focus-visible {
    outline: 3px solid var(--bid-ink);
    outline-offset: 2px;
    scroll-margin-block: 5em;
  }
  @media (forced-colors: active) {
    button.main {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }
`;
