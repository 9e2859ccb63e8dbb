import { css, unsafeCSS } from 'lit';
import {
  accentTokens,
  atLeast,
  atMost,
  given,
  groundLuminance,
  reckons,
  themed,
  type Pair,
} from './accent.ts';

/** Each colour in light and in dark. */
const colours = {
  text: ['#0f1a30', '#edf1f9'],
  muted: ['#515d76', '#a8b4ca'],
  background: ['#f2f5fa', '#0b111d'],
  surface: ['#fff', '#151f31'],
  line: ['#dbe2ed', '#2b384f'],
  border: ['#76829a', '#7686a3'],
  good: ['#0b6543', '#7fdcae'],
  'good-surface': ['#e0f4ea', '#10301f'],
  warning: ['#804a00', '#ffce85'],
  'warning-surface': ['#fff2db', '#35270d'],
  danger: ['#b3201a', '#ffb3ab'],
} as const satisfies Record<string, Pair>;

/** The host's, within bounds in which all the text above stays legible. */
function ground(name: 'background' | 'surface'): Pair {
  const [light, dark] = given(name, colours[name]);
  return [atLeast(light, groundLuminance[0]), atMost(dark, groundLuminance[1])];
}

const lightOnly = Object.entries(colours).map(([name, [light]]) => `--bid-${name}:${light};`);

/**
 * The design tokens, private to the component; what a host sets is in the class comment of
 * `BoardingId`. They follow `color-scheme`, so a host can force a theme with one declaration; engines
 * without `light-dark()` show the light one, since a half-applied theme cannot be read.
 */
export const tokens = [
  css`
    :host {
      --bid-radius: var(--boarding-id-radius, 1em);
      ${unsafeCSS(lightOnly.join(''))}
    }
    @supports (color: light-dark(#000, #fff)) {
      :host {
        ${themed(colours)}
      }
    }
    @supports ${reckons} {
      :host {
        ${themed({
          background: ground('background'),
          surface: ground('surface'),
          line: ['rgb(15 26 48 / 13%)', 'rgb(237 241 249 / 13%)'],
        })}
      }
    }
  `,
  accentTokens,
];
