import { css, unsafeCSS } from 'lit';

/** Each colour in light and in dark; a host overrides them as `--boarding-id-<name>`. */
const colours = {
  accent: ['#1553b6', '#8fb8ff'],
  'on-accent': ['#fff', '#08172f'],
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
} as const;

const declarations = (value: (pair: readonly [light: string, dark: string]) => string): string =>
  Object.entries(colours)
    .map(([name, pair]) => `--boarding-id-${name}:${value(pair)};`)
    .join('');

/**
 * The design tokens. They follow `color-scheme`, so a host can force a theme with one declaration;
 * engines without `light-dark()` show the light one, since a half-applied theme cannot be read.
 */
export const tokens = css`
  :host {
    color-scheme: light dark;
    ${unsafeCSS(declarations(([light]) => light))}
  }
  @supports (color: light-dark(#000, #fff)) {
    :host {
      ${unsafeCSS(declarations(([light, dark]) => `light-dark(${light},${dark})`))}
    }
  }
`;
