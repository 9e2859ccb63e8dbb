import { expect } from 'chai';
import { unsafeCSS, type CSSResult } from 'lit';
import { accentTokens } from '../../widget/elements/accent.ts';
import { BoardingIdEntry } from '../../widget/elements/entry-tile.ts';
import { tokens } from '../../widget/elements/tokens.ts';
import { seededRandom } from '../protocol/seeded-random.ts';
import { contrast, groundsOf, painted } from './contrast.ts';
import { clear, everything, shellAt } from '../elements/fixture.ts';
import { states } from '../elements/states.ts';

class ContrastEntry extends BoardingIdEntry {}
customElements.define('contrast-entry', ContrastEntry);

type Scheme = 'light' | 'dark';
const schemes: readonly Scheme[] = ['light', 'dark'];

/** Accents that a host should think twice about, and some that hosts have. */
const nasty = [
  '#fff',
  '#000',
  '#ff0',
  '#808080',
  '#777',
  '#f2f5fa',
  '#0b111d',
  '#151f31',
  '#dbe2ed',
  '#00f',
  '#0f0',
  '#f00',
  '#0ff',
  '#f0f',
  '#3b99fc',
  '#1677ff',
  '#07c160',
  '#ff6a00',
  '#e60012',
  'rebeccapurple',
  'transparent',
  'rgb(255 255 255 / 10%)',
  'hsl(48 100% 50%)',
  'oklch(0.9 0.4 120)',
  'color(display-p3 0 1 0)',
  'light-dark(#ffd400, #402000)',
];

const random = seededRandom(5);
const hex = (): string =>
  `#${[...random.bytes(3)].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
const accents = [...nasty, ...Array.from({ length: 200 }, hex)];

/** One thing to be told from what it stands on. */
interface Sight {
  what: string;
  needed: 4.5 | 3;
  colour: () => string;
  grounds: () => string[];
}

const style = (element: Element, pseudo?: string) => getComputedStyle(element, pseudo);
const hasText = (element: Element): boolean =>
  [...element.childNodes].some((node) => node instanceof Text && node.data.trim() !== '');

/** Signs, lines and borders that say something, and what of their style has the colour. */
const signs = {
  'button:not(.quiet, .service)': 'borderTopColor',
  'input:not([type=checkbox]), select': 'borderTopColor',
  'svg:not(.ring, [role=img])': 'stroke',
  '.ring path:not(.track)': 'stroke',
  '.reached': 'borderTopColor',
  'input[type=checkbox]': 'accentColor',
} as const;

function sightsIn(root: Element): Sight[] {
  return everything(root.shadowRoot!).flatMap((element): Sight[] => {
    const what = `${element.localName}.${element.getAttribute('class') ?? ''} ${element.textContent.trim().slice(0, 20)}`;
    const below = groundsOf(element);
    const outside = below.slice(0, -1);
    const sights: Sight[] = [];
    if (hasText(element) && !element.matches('style, option, [aria-disabled=true]')) {
      const grounds = () => painted(below);
      sights.push({ what, needed: 4.5, colour: () => style(element).color, grounds });
    }
    for (const [selector, property] of Object.entries(signs)) {
      if (!element.matches(selector)) continue;
      const grounds = () => painted(outside);
      sights.push({
        what: `${what} ${property}`,
        needed: 3,
        colour: () => style(element)[property],
        grounds,
      });
    }
    if (element.matches('.train, .points li')) {
      const ofText = element.matches('li');
      const before = () => style(element, '::before');
      sights.push({
        what: `${what} ::before`,
        needed: ofText ? 4.5 : 3,
        colour: () => (ofText ? before().color : before().backgroundColor),
        grounds: () => [...painted(below), ...(ofText ? [before().backgroundColor] : [])],
      });
    }
    return sights;
  });
}

/** An engine that knows no `light-dark()`, or knows it and cannot reckon with colours. */
type OldEngine = 'light-dark(' | 'color(from';

/** Has the styles of a root fall back as in an older engine. */
function age(root: ShadowRoot, sheets: readonly CSSResult[], before: OldEngine): void {
  const old = sheets.map(({ cssText }) =>
    cssText
      .replaceAll('@supports (color: color(from', '@supports not (color: color(from')
      .replaceAll(
        '@supports (color: light-dark(',
        `@supports ${before === 'light-dark(' ? 'not ' : ''}(color: light-dark(`,
      ),
  );
  const replaced = sheets.map(({ styleSheet }) => styleSheet);
  root.adoptedStyleSheets = [
    ...old.map((text) => unsafeCSS(text).styleSheet!),
    ...root.adoptedStyleSheets.filter((sheet) => !replaced.includes(sheet)),
  ];
}

/** Every screen on which the accent shows, and the tile; at the last one a button has the focus. */
async function look(scheme: Scheme, before?: OldEngine): Promise<Sight[]> {
  document.documentElement.style.colorScheme = scheme;
  document.documentElement.style.background = scheme === 'light' ? '#fff' : '#0b111d';
  const sights: Sight[] = [];
  for (const name of [
    'services',
    'application-guest',
    'application-valid-proof',
    'liveness-explain',
    'outcome-waiting',
    'outcome-quota',
    'code',
    'code-offline',
    'code-scan',
    'records',
    'help',
  ]) {
    const shell = await shellAt(states[name]!, { scheme });
    if (before) age(shell.shadowRoot!, tokens, before);
    sights.push(...sightsIn(shell));
  }
  const tile = new ContrastEntry();
  document.body.append(tile);
  await tile.updateComplete;
  if (before) age(tile.shadowRoot!, [accentTokens], before);
  sights.push(...sightsIn(tile));
  const button = tile.shadowRoot!.querySelector('button')!;
  button.focus();
  sights.push({
    what: 'the focus',
    needed: 3,
    colour: () => style(button).outlineColor,
    grounds: () => painted(groundsOf(tile)),
  });
  return sights;
}

/** @param value nothing for what it is when the host says nothing */
const set = (name: string, value: string): void =>
  document.documentElement.style.setProperty(`--boarding-id-${name}`, value);

/** One of those that look alike whatever the host's colours are, as three very different sets of them tell. */
function distinct(sights: readonly Sight[]): Sight[] {
  const looks = sights.map(({ needed }) => String(needed));
  for (const colours of [
    ['#123456', '#fedcba', '#fffff0'],
    ['#f0a', '#101010', '#331'],
    ['#ffe', '#eee', '#cdf'],
  ] as const) {
    for (const [index, name] of (['accent', 'background', 'surface'] as const).entries()) {
      set(name, colours[index] ?? '');
    }
    for (const [index, { colour, grounds }] of sights.entries()) {
      looks[index] += [colour(), ...grounds()].join();
    }
  }
  for (const name of ['accent', 'background', 'surface']) set(name, '');
  return sights.filter((_, index) => looks.indexOf(looks[index]!) === index);
}

/** What falls short with these colours, one line each. */
function shortcomings(sights: readonly Sight[]): string[] {
  return sights.flatMap(({ what, needed, colour, grounds }) => {
    const reached = contrast(colour(), grounds());
    return reached >= needed ? [] : [`${what}: ${reached.toFixed(2)} of ${needed}`];
  });
}

describe('contrast, whatever the host’s colours', () => {
  afterEach(() => {
    clear();
    document.documentElement.removeAttribute('style');
  });

  for (const scheme of schemes) {
    it(`B5: text has 4.5:1 and signs have 3:1 with ${accents.length} accents, ${scheme}`, async function () {
      this.timeout(120_000);
      const all = await look(scheme);
      expect(all.length).to.be.greaterThan(150);
      const sights = distinct(all);
      expect(sights.length).to.be.greaterThan(15);
      for (const accent of accents) {
        set('accent', accent);
        expect(shortcomings(sights), accent).to.deep.equal([]);
      }
    });

    it(`B5: and with grounds of the host’s, however unfit, ${scheme}`, async function () {
      this.timeout(120_000);
      const sights = distinct(await look(scheme));
      for (const ground of [...nasty, ...Array.from({ length: 20 }, hex)]) {
        set('background', ground);
        set('surface', hex());
        set('accent', random.pick([ground, hex()]));
        expect(shortcomings(sights), ground).to.deep.equal([]);
      }
    });
  }

  for (const [before, scheme] of [
    ['color(from', 'light'],
    ['color(from', 'dark'],
    ['light-dark(', 'light'],
  ] as const) {
    it(`B5: in an engine without ${before}…) the house’s colours stand in, ${scheme}`, async () => {
      const sights = await look(scheme, before);
      const usual = sights.map(({ colour }) => colour());
      expect(shortcomings(sights)).to.deep.equal([]);
      for (const accent of ['#ff0', '#fff', '#000']) {
        set('accent', accent);
        set('background', accent);
        set('surface', accent);
        expect(sights.map(({ colour }) => colour())).to.deep.equal(usual);
        expect(shortcomings(sights), accent).to.deep.equal([]);
      }
    });
  }
});
