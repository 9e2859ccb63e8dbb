import { css } from 'lit';

export const tileStyles = css`
  /* A popup is low: at its foot, the paper windows would cover the code. */
  boarding-id::part(way-out) {
    position: static;
  }
  /* Browsers show at most 600 px of it: code, seconds and both buttons are to be seen without scrolling. */
  boarding-id::part(screen) {
    padding-block-start: 0.5em;
  }
  boarding-id::part(card) {
    gap: 0.5em;
    padding: 0.625em 20px;
  }
  .tile {
    display: grid;
    gap: 1em;
    padding: 1.25em 1em 0.75em;
  }
  .name {
    display: flex;
    flex-wrap: wrap;
    gap: 0.5em 0.875em;
    align-items: center;
  }
  /* Where text is large, below the sign rather than broken within words. */
  .name div {
    flex: 1 1 10em;
    min-width: 0;
  }
  .name svg {
    flex: none;
    width: 2.75em;
    fill: none;
    stroke: var(--bid-ink);
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  h1 {
    font-size: 1.1875em;
    line-height: 1.3;
    text-wrap: balance;
  }
  .known {
    gap: 0.25em;
  }
  .known strong {
    font-size: 1.25em;
    font-variant-numeric: tabular-nums;
  }
  .known.valid strong {
    color: var(--bid-good);
  }
  .main-actions {
    display: grid;
    gap: 0.5em;
  }
  .ways {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    border-top: 1px solid var(--bid-line);
    padding-top: 0.5em;
  }
`;
