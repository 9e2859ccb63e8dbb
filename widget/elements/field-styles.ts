import { css } from 'lit';

/**
 * Labels, and what is typed or chosen. `select` wraps since WebKit would let a long choice in large text run
 * out of the screen.
 */
export const fieldStyles = css`
  label {
    font-size: 0.9375em;
    color: var(--bid-muted);
  }
  input:not([type='checkbox']),
  select {
    display: block;
    width: 100%;
    min-height: 3.125em;
    margin-top: 0.25em;
    padding: 0.5em 0.75em;
    border: 1px solid var(--bid-border);
    border-radius: calc(var(--bid-radius) * 0.625);
    background: var(--bid-surface);
    color: var(--bid-text);
    font: inherit;
    font-size: 1.0625em;
  }
  select {
    white-space: normal;
  }
`;
