import { css, unsafeCSS, type CSSResult } from 'lit';

/** One colour for each theme. */
export type Pair = readonly [light: string, dark: string];

/** The house's own, and what stands in for a host's in engines that cannot reckon with colours. */
const house: Pair = ['#1553b6', '#8fb8ff'];

/** What the host has named, or else the pair. */
export const given = (name: string, [light, dark]: Pair): Pair => [
  `var(--boarding-id-${name}, ${light})`,
  `var(--boarding-id-${name}, ${dark})`,
];

const scaled = (colour: string, factor: string): string =>
  `color(from ${colour} xyz-d65 calc(x * ${factor}) calc(y * ${factor}) calc(z * ${factor}) / 1)`;

/**
 * The colour, darkened in its own hue where it is lighter than that.
 *
 * In `xyz-d65`, `y` is the very luminance by which WCAG 2 reckons contrast, (a + 0.05) / (b + 0.05),
 * so that a bound on it is a promise.
 *
 * @param luminance from 0 to 1
 */
export const atMost = (colour: string, luminance: number): string =>
  scaled(colour, `min(1, ${luminance} / max(y, 0.001))`);

/** The colour, mixed with white where it is darker than that. */
export const atLeast = (colour: string, luminance: number): string => {
  const share = `max(0, (${luminance} - y) / max(1 - y, 0.001))`;
  const mixed = (channel: string, white: number): string =>
    `calc(${channel} + (${white} - ${channel}) * ${share})`;
  return `color(from ${colour} xyz-d65 ${mixed('x', 0.9505)} ${mixed('y', 1)} ${mixed('z', 1.089)} / 1)`;
};

/**
 * The same light as `atLeast` needs, as far as it can be had without white: a dark blue becomes a
 * bright one rather than grey.
 */
const brighter = (colour: string, luminance: number): string => {
  const own = '(0.2126 * r + 0.7152 * g + 0.0722 * b)';
  const factor = `max(1, min(${luminance} / max(${own}, 0.001), 1 / max(r, g, b, 0.001)))`;
  return `color(from ${colour} srgb-linear calc(r * ${factor}) calc(g * ${factor}) calc(b * ${factor}) / 1)`;
};

/** What surfaces keep to whatever the host says: light ones at least, dark ones at most so bright. */
export const groundLuminance: readonly [light: number, dark: number] = [0.85, 0.02];

/** The accent as text, sign and line: 4.5:1 to those surfaces. */
const ink = ([light, dark]: Pair): Pair => [
  atMost(light, 0.13),
  atLeast(brighter(dark, 0.275), 0.275),
];

/** Up to here the fill takes white letters, darkened a little for them if need be; beyond, black. */
const whiteUpTo = 0.25;
const step = (difference: string): string => `clamp(0, (${difference}) * 1e6, 1)`;

const fill = (colour: string): string =>
  scaled(colour, `max(min(1, 0.175 / max(y, 0.001)), ${step(`y - ${whiteUpTo}`)})`);
const onFill = (colour: string): string => {
  const white = step(`${whiteUpTo} - y`);
  return `color(from ${colour} xyz-d65 calc(0.9505 * ${white}) calc(${white}) calc(1.089 * ${white}) / 1)`;
};

/** Writes each pair as a custom property that follows `color-scheme` where it is used. */
export const themed = (pairs: Readonly<Record<string, Pair>>): CSSResult =>
  unsafeCSS(
    Object.entries(pairs)
      .map(([name, [light, dark]]) => `--bid-${name}:light-dark(${light},${dark});`)
      .join(''),
  );

/** Engines that can reckon with a colour, `light-dark()` among them. */
export const reckons = unsafeCSS(`(color: ${atMost('light-dark(#000, #fff)', 1)})`);

const accent = given('accent', house);

/**
 * What is made of the accent: `ink` for text, signs, lines and the focus, `fill` for the ground of
 * the main button, `on-fill` for the words on it. Elsewhere all are the house's: an accent nobody
 * knows cannot be promised to be legible.
 */
export const accentTokens = css`
  :host {
    --bid-ink: ${unsafeCSS(house[0])};
    --bid-fill: ${unsafeCSS(house[0])};
    --bid-on-fill: #fff;
  }
  @supports (color: light-dark(#000, #fff)) {
    :host {
      ${themed({ ink: house, fill: house, 'on-fill': ['#fff', '#08172f'] })}
    }
  }
  @supports ${reckons} {
    :host {
      ${themed({
        ink: ink(accent),
        fill: [fill(accent[0]), fill(accent[1])],
        'on-fill': [onFill(accent[0]), onFill(accent[1])],
      })}
    }
  }
`;
