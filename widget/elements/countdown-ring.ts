import { css, svg, type SVGTemplateResult } from 'lit';

export const ringStyles = css`
  .ring {
    position: absolute;
    contain: strict;
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

/** The time a code has left, drawn around it; steps once a second, so it never moves by itself. */
export const countdownRing = (): SVGTemplateResult =>
  svg`<svg class="ring" viewBox="0 0 100 100" aria-hidden="true">
    <path class="track" d=${outline}></path>
    <path d=${outline} pathLength="1" stroke-dasharray="1"></path>
  </svg>`;

/** @param left from 0 to 1 */
export function turnRing(screen: ParentNode, left: number): void {
  for (const path of screen.querySelectorAll('.ring [stroke-dasharray]')) {
    path.setAttribute('stroke-dashoffset', (left - 1).toFixed(3));
  }
}
