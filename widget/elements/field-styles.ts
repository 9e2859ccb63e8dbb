import { css } from 'lit';

/** Labels, and what is typed or chosen. */
export const fieldStyles = css`
  label {
    font-size: 0.9375em;
    color: var(--boarding-id-muted);
  }
  input:not([type='checkbox']),
  select {
    display: block;
    width: 100%;
    min-height: 3.125em;
    margin-top: 0.25em;
    padding: 0.5em 0.75em;
    border: 1px solid var(--boarding-id-border);
    border-radius: 0.625em;
    background: var(--boarding-id-surface);
    color: var(--boarding-id-text);
    font: inherit;
    font-size: 1.0625em;
  }
`;
