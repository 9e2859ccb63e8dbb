import { expect } from 'chai';
import {
  clear,
  drawn,
  everything,
  find,
  screenIn,
  shellAt,
  type TestShell,
} from '../elements/fixture.ts';
import { states } from '../elements/states.ts';

/** Screens on which all kinds of things are drawn. */
const shown = [
  'services',
  'application-guest',
  'liveness-explain',
  'outcome-quota',
  'code',
  'help',
];

/** All that is computed of an element. */
function computed(element: Element): Record<string, string> {
  const style = getComputedStyle(element);
  return Object.fromEntries([...style].map((name) => [name, style.getPropertyValue(name)]));
}

/** What has another style than before, one line each. */
function changes(
  elements: readonly Element[],
  before: readonly Record<string, string>[],
): string[] {
  return elements.flatMap((element, index) => {
    const now = computed(element);
    return Object.entries(before[index] ?? {})
      .filter(([name, value]) => now[name] !== value)
      .map(([name, value]) => `${element.localName} ${name}: ${value} → ${now[name]}`);
  });
}

/** What a page says of all elements, or of such as the component has. */
const sheets = {
  'all that is set unset, with !important': '* { all: unset !important }',
  'elements hidden, with !important':
    'div, section, p, svg, button, form, h1, h2, ul, dl { display: none !important }',
  'elements drawn its own way': `
    * { box-sizing: content-box; animation: none !important }
    :not(test-shell) { margin: 9px; float: left }
    button { all: unset; background: lime; font-size: 3px; text-transform: uppercase }
    input, select { width: 10px; appearance: none; border: 0 } svg { fill: red; width: 900px }
    h1, h2 { font: italic 60px cursive } .card, .main, .actions, .screen { opacity: 0.1 }
    dialog, details, summary { display: contents } a, li { list-style: square inside }
    :focus-visible { outline: none !important } ::marker { color: red; content: 'x' }`,
  'a root of 10 px': 'html { font-size: 62.5% }',
  'a root of a tenth of the window': 'html { font-size: 100px !important }',
  'its own custom properties': ':root { --text: red; --surface: red; --radius: 99px; --_ink: red }',
};

/** What the elements around the component hand down to all within. */
const handedDown = {
  'text of its own kind': {
    'letter-spacing': '9px',
    'word-spacing': '9px',
    'text-transform': 'uppercase',
    'line-height': '0.5',
    'text-align': 'right',
    'text-indent': '40px',
    'text-shadow': '0 0 9px red',
    'white-space': 'nowrap',
    'word-break': 'break-all',
    'overflow-wrap': 'normal',
    hyphens: 'auto',
    'font-style': 'italic',
    'font-weight': '900',
    'font-variant': 'small-caps',
    'font-size': '5px',
    'font-family': 'cursive',
    color: 'red',
    '-webkit-text-fill-color': 'transparent',
    '-webkit-text-stroke': '2px red',
  },
  'another direction': { direction: 'rtl', 'unicode-bidi': 'bidi-override' },
  'lists, tables and pictures of its own kind': {
    'list-style': 'square inside',
    'border-collapse': 'collapse',
    'border-spacing': '9px',
    fill: 'red',
    stroke: 'red',
    'stroke-width': '9px',
    'image-rendering': 'pixelated',
    quotes: 'none',
  },
  'no hand and no choice': {
    cursor: 'none',
    'user-select': 'none',
    '-webkit-user-select': 'none',
    'caret-color': 'transparent',
    'accent-color': 'red',
  },
} as const;

/** A place of one size whatever the page says. */
function makePlace(): HTMLElement {
  const place = document.createElement('main');
  place.style.cssText = `display: block !important; position: absolute !important;
    inset: 0 auto auto 0 !important; width: 390px !important; margin: 0 !important`;
  document.body.append(place);
  return place;
}

async function placed(name: string, place: HTMLElement): Promise<TestShell> {
  const shell = await shellAt(states[name]!);
  // The theme is the page's to say, and to unset.
  shell.removeAttribute('style');
  place.append(shell);
  await drawn(shell);
  return shell;
}

describe('no leak from the page into the component', () => {
  const hostile = new CSSStyleSheet();
  let screens: { shell: TestShell; elements: Element[]; before: Record<string, string>[] }[];

  before(async () => {
    document.adoptedStyleSheets = [hostile];
    screens = [];
    for (const name of shown) {
      const shell = await placed(name, makePlace());
      // The mark moves by itself.
      const elements = everything(shell.shadowRoot!).filter((each) => !each.matches('.train'));
      screens.push({ shell, elements, before: elements.map(computed) });
    }
  });
  afterEach(() => {
    hostile.replaceSync('');
    for (const { shell } of screens) shell.removeAttribute('style');
  });
  after(() => {
    document.adoptedStyleSheets = [];
    clear();
  });

  const looksAsItDid = (): void => {
    for (const { elements, before } of screens) {
      expect(changes(elements, before)).to.deep.equal([]);
    }
  };

  for (const [what, text] of Object.entries(sheets)) {
    it(`B5: ${what}: the component looks as it did`, () => {
      hostile.replaceSync(text);
      looksAsItDid();
    });
  }

  for (const [what, declarations] of Object.entries(handedDown)) {
    it(`B5: ${what} around it: the component looks as it did`, () => {
      for (const { shell } of screens) {
        for (const [property, value] of Object.entries(declarations)) {
          shell.style.setProperty(property, value);
        }
      }
      looksAsItDid();
    });
  }
});

describe('no leak from the component into the page', () => {
  let place: HTMLElement;
  beforeEach(() => (place = makePlace()));
  afterEach(clear);

  it('B5: what is hidden or out of reach takes the component with it', async () => {
    const shell = await placed('code', place);
    place.style.visibility = 'hidden';
    place.style.pointerEvents = 'none';
    const { visibility, pointerEvents } = getComputedStyle(find(screenIn(shell), 'button.main'));
    expect([visibility, pointerEvents]).to.deep.equal(['hidden', 'none']);
    shell.hidden = true;
    expect(getComputedStyle(shell).display).to.equal('none');
  });

  it('B5: it changes nothing of the page around it, on any screen', async () => {
    place.style.height = '700px';
    place.style.overflow = 'auto';
    const page = document.createElement('div');
    page.innerHTML = `<h1>A</h1><h2>B</h2><p class="card muted">C <strong>D</strong></p>
      <section class="screen"><button class="main quiet">E</button></section>
      <ul class="windows"><li>F</li></ul><dl><dt>G</dt><dd>H</dd></dl>
      <label>I <input /></label><select><option>J</option></select>
      <input type="checkbox" /><details open class="way-out"><summary>K</summary>L</details>
      <dialog open>M</dialog><svg class="ring"><path class="track" d="M0 0"></path></svg>`;
    document.body.prepend(page);
    const around = [...document.querySelectorAll('*')];
    const markup = around.map((element) => element.cloneNode(false) as Element);
    const before = around.map(computed);
    for (const name of [...shown, 'outcome-quota', 'code-scan', 'records', 'help']) {
      const shell = await placed(name, place);
      expect(changes(around, before), name).to.deep.equal([]);
      expect([...document.querySelectorAll('*')].filter((each) => each !== shell)).to.deep.equal(
        around,
      );
      for (const [index, element] of around.entries()) {
        expect(element.cloneNode().isEqualNode(markup[index]!), element.localName).to.equal(true);
      }
      expect(document.adoptedStyleSheets).to.deep.equal([]);
      expect(document.documentElement.scrollWidth).to.equal(document.documentElement.clientWidth);
      shell.remove();
    }
  });
});
