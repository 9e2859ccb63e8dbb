import { expect } from 'chai';
import { BoardingIdEntry } from '../../widget/elements/entry-tile.ts';
import { PageSnippets } from '../docs/snippets.ts';
import { clear, drawn, find, screenIn, TestShell } from '../elements/fixture.ts';
import { states } from '../elements/states.ts';

/** The elements by the names that the guide's snippets have. */
class GuideShell extends TestShell {}
customElements.define('boarding-id', GuideShell);
customElements.define('boarding-id-entry', class extends BoardingIdEntry {});

const snippets = new PageSnippets(await (await fetch('/widget/docs/theming.md')).text());

let sheet: CSSStyleSheet;

/** A page with the component on it, and this snippet. */
async function pageWith(words: string, name = 'application-guest'): Promise<TestShell> {
  const shell = new GuideShell();
  shell.flow.state = states[name]!;
  document.body.append(shell);
  await drawn(shell);
  run(words);
  return shell;
}

/** As a page would: a style sheet, or a script of its own. */
function run(words: string): void {
  const { language, text } = snippets.take(words);
  if (language === 'css') {
    sheet.replaceSync(text);
    return;
  }
  const script = document.createElement('script');
  script.textContent = `{ ${text} }`;
  document.body.append(script);
}

const main = (shell: TestShell) => getComputedStyle(find(screenIn(shell), 'button.main'));
const card = (shell: TestShell) => getComputedStyle(find(screenIn(shell), '.card'));

/** Luminance of a computed `color(xyz-d65 x y z)`. */
const brightness = (colour: string): number => Number(/xyz-d65 \S+ (\S+)/.exec(colour)?.[1]);

describe('snippets of the theming guide', () => {
  beforeEach(() => {
    sheet = new CSSStyleSheet();
    document.adoptedStyleSheets = [sheet];
  });
  afterEach(() => {
    document.adoptedStyleSheets = [];
    document.body.removeAttribute('class');
    document.body.removeAttribute('style');
    clear();
  });

  it('B5: one colour', async () => {
    const before = main(await pageWith(':root {\n  color-scheme')).backgroundColor;
    clear();
    expect(main(await pageWith('--boarding-id-accent: #0a4d9c')).backgroundColor).not.to.equal(
      before,
    );
  });

  it('B5: all properties', async () => {
    const shell = await pageWith("'Brand Sans'");
    expect(main(shell).fontFamily).to.match(/^"?Brand Sans"?, sans-serif$/);
    expect(main(shell).fontSize).to.equal('18px');
    expect(card(shell).borderTopLeftRadius).to.equal('31.5px');
    expect(brightness(card(shell).backgroundColor)).to.be.within(0.9, 0.999);
  });

  it('B5: an accent set by script', async () => {
    document.body.style.color = 'rgb(120, 0, 60)';
    const shell = await pageWith('setProperty');
    expect(shell.style.getPropertyValue('--boarding-id-accent')).to.equal('rgb(120, 0, 60)');
  });

  it('B5: the system’s theme, and one forced', async () => {
    const shell = await pageWith('color-scheme: light dark');
    const light = !matchMedia('(prefers-color-scheme: dark)').matches;
    expect(brightness(card(shell).backgroundColor) > 0.5).to.equal(light);
    run('color-scheme: dark');
    expect(brightness(card(shell).backgroundColor)).to.be.below(0.1);
  });

  it('B5: parts', async () => {
    const shell = await pageWith('::part(header)');
    expect(getComputedStyle(find(shell, 'boarding-id-header')).backgroundColor).to.equal(
      'rgb(10, 77, 156)',
    );
    expect(main(shell).borderTopLeftRadius).to.equal('4px');
  });

  it('B5: states, by :state() and by the attribute', async () => {
    const offline = await pageWith(':state(offline)', 'code-offline');
    expect(getComputedStyle(offline).borderTopWidth).to.equal('4px');
    clear();
    const bar = document.createElement('nav');
    bar.className = 'tab-bar';
    document.body.append(bar);
    const shell = await pageWith('.tab-bar', 'code');
    expect(getComputedStyle(bar).display).to.equal('none');
    shell.flow.show(states['help']!);
    await drawn(shell);
    expect(getComputedStyle(bar).display).to.equal('block');
  });

  it('B5: a script that follows the states', async () => {
    const shell = await pageWith('MutationObserver', 'code');
    expect(document.body.className).to.equal('');
    shell.flow.show(states['code-scan']!);
    await drawn(shell);
    expect(document.body.className).to.equal('scanning');
  });

  it('none is left out', () => {
    expect(snippets.leftOut()).to.deep.equal([]);
  });
});
