import { css, html, type TemplateResult } from 'lit';
import { turnRing } from './countdown-ring.ts';

/**
 * What changes every second where a code stands. It is written into what has been drawn: to draw the whole
 * screen anew for it, and to lay it out, takes a slow phone longer than all that changes.
 */

/**
 * Two digits on the line that they stand in. Only a place whose size and position hang on nothing in it is
 * laid out alone; so it lies over a gap of that width, from the top of the letters around it to their foot, so that
 * all stand on one line.
 */
export const tickingStyles = css`
  .ticking {
    position: relative;
    padding-inline-start: 2ch;
    font-variant-numeric: tabular-nums;
  }
  .ticking > span {
    position: absolute;
    top: 0;
    left: 0;
    contain: layout size style;
    width: 2ch;
    height: 100%;
    line-height: normal;
    white-space: nowrap;
  }
`;

/** `left`: seconds that a code has left; `clock`: those of the time of day. */
export interface Second {
  left: number;
  clock: string;
  /** Part of its time that the code has left, from 0 to 1. */
  part: number;
}

/** The place of the digits, without them until `writeSecond`. */
export const ticking = (what: 'left' | 'clock'): TemplateResult =>
  html`<span class="ticking"><span data-second=${what}>0</span></span>`;

/** Writes a second wherever in a screen it is shown. */
export function writeSecond(screen: ParentNode, second: Second): void {
  for (const place of screen.querySelectorAll<HTMLElement>('[data-second]')) {
    // A space as wide as a digit stands before one alone, so that it does not jump.
    const digits = String(second[place.dataset['second'] as 'left' | 'clock']).padStart(
      2,
      '\u2007',
    );
    const text = place.firstChild as Text;
    if (text.data !== digits) text.data = digits;
  }
  turnRing(screen, second.part);
}
