import { css } from 'lit';

/**
 * `.train`: with reduced motion it is hidden, as a bar that stands still would be read as time that is left.
 * `.scan` has a ground and a scrolling of its own, since it fills the screen without the dialog around it. In it the
 * code has the whole of the shorter side, however large the text: that goes beside or below it.
 */
export const codeStyles = css`
  .ticket {
    padding-inline: 12px;
  }
  .holder {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    align-items: center;
    gap: 0.75em;
  }
  .holder > div {
    flex: 1 1 11em;
  }
  .name {
    font-size: 1.375em;
    font-weight: 700;
    line-height: 1.3;
  }
  .valid {
    flex: none;
    padding: 0.125em 0.75em;
    border-radius: 99em;
    background: var(--bid-good-surface);
    color: var(--bid-good);
    font-weight: 600;
  }
  .symbol {
    position: relative;
    justify-self: center;
    width: min(100% + 20px, 24em);
    padding: 2.5%;
    border-radius: 7%;
    background: #fff;
    color-scheme: light;
  }
  .left {
    text-align: center;
    color: var(--bid-muted);
  }
  .left strong {
    font-size: 1.75em;
    line-height: 1.2;
    color: var(--bid-text);
  }
  .moving {
    display: grid;
    gap: 0.375em;
    text-align: center;
    color: var(--bid-muted);
    font-size: 0.875em;
    font-variant-numeric: tabular-nums;
  }
  .track {
    contain: strict;
    height: 6px;
    border-radius: 3px;
    background: var(--bid-line);
  }
  .train {
    display: block;
    width: 100%;
    height: 100%;
    animation: pass 4s linear infinite;
  }
  .train::before {
    content: '';
    display: block;
    width: 25%;
    height: 100%;
    border-radius: 3px;
    background: var(--bid-ink);
  }
  @keyframes pass {
    from {
      transform: translateX(-25%);
    }
    to {
      transform: translateX(100%);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .train {
      visibility: hidden;
      animation: none;
    }
  }
  hr {
    width: 100%;
    margin: 0;
    border: 0;
    border-top: 2px dashed var(--bid-line);
  }
  dialog {
    box-sizing: border-box;
    width: 100%;
    height: 100%;
    max-width: none;
    max-height: none;
    margin: 0;
    padding: 0;
    border: 0;
    background: #fff;
    color-scheme: light;
    color: var(--bid-text);
  }
  .scan {
    display: grid;
    align-content: center;
    align-content: safe center;
    gap: 1em;
    box-sizing: border-box;
    height: 100%;
    padding: 1em;
    overflow: auto;
    background: #fff;
  }
  dialog .symbol {
    width: min(100%, 100vh - 2em);
  }
  @media (min-aspect-ratio: 1/1) {
    .scan {
      grid-template: 1fr auto 1fr / auto minmax(0, 1fr);
    }
    dialog .symbol {
      grid-area: 1 / 1 / 4;
      position: sticky;
      top: 1em;
      align-self: start;
      width: min(100vh - 2em, 65vw - 2em);
    }
    .scan .left {
      align-self: end;
    }
    .scan .main {
      align-self: start;
    }
  }
  @media (forced-colors: active) {
    .train::before {
      forced-color-adjust: none;
      background: CanvasText;
    }
  }
`;
