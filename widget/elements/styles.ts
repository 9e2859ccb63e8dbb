import { css } from 'lit';

/** What all screens share: type, cards, buttons, notices. Sizes are in em, so text size scales all. */
export const styles = css`
  * {
    box-sizing: border-box;
  }
  :host {
    display: grid;
    gap: 0.875em;
    align-content: start;
    color: var(--boarding-id-text);
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
    background: var(--boarding-id-surface);
    border: 1px solid var(--boarding-id-line);
    border-radius: 1em;
  }
  .muted {
    color: var(--boarding-id-muted);
    font-size: 0.875em;
  }
  .notice {
    padding: 0.75em 1em;
    border-radius: 0.75em;
    border: 1px solid transparent;
    background: var(--boarding-id-warning-surface);
    color: var(--boarding-id-warning);
  }
  p {
    text-wrap: pretty;
  }
  button {
    min-height: 3.125em;
    min-width: 44px;
    padding: 0.5em min(1.25em, 6vw);
    border: 1px solid var(--boarding-id-accent);
    border-radius: 99em;
    background: none;
    color: var(--boarding-id-accent);
    font: inherit;
    font-weight: 600;
    line-height: 1.3;
    /* A button takes a line of its own before its words are broken. */
    overflow-wrap: normal;
    cursor: pointer;
    touch-action: manipulation;
  }
  button.main {
    background: var(--boarding-id-accent);
    color: var(--boarding-id-on-accent);
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
    outline: 3px solid var(--boarding-id-accent);
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
