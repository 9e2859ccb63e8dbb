import { css, svg, type SVGTemplateResult } from 'lit';

export const ringStyles = css`
  .ring {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    fill: none;
    stroke: var(--bid-ink);
    stroke-width: 2;
  }
  .ring .track {
    stroke: var(--bid-line);
  }
`;

/** Around the QR, from the middle of the top. */
const outline = 'M50 1H93a6 6 0 0 1 6 6V93a6 6 0 0 1-6 6H7a6 6 0 0 1-6-6V7a6 6 0 0 1 6-6Z';

/**
 * The time a code has left, drawn around it; steps once a second, so it never moves by itself.
 *
 * @param left from 0 to 1
 */
export const countdownRing = (left: number): SVGTemplateResult =>
  svg`<svg class="ring" viewBox="0 0 100 100" aria-hidden="true">
    <path class="track" d=${outline}></path>
    <path d=${outline} pathLength="1" stroke-dasharray="1" stroke-dashoffset=${(left - 1).toFixed(3)}></path>
  </svg>`;
