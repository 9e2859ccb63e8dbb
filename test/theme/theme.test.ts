import { expect } from 'chai';
import { BoardingIdEntry } from '../../widget/elements/entry-tile.ts';
import { clear, find, screenIn, shellAt, type TestShell } from '../elements/fixture.ts';
import { states } from '../elements/states.ts';

class ThemeEntry extends BoardingIdEntry {}
customElements.define('theme-entry', ThemeEntry);

/** A form on which most of what is themed stands; the theme is what the page says. */
async function form(): Promise<TestShell> {
  const shell = await shellAt(states['application-guest']!);
  shell.removeAttribute('style');
  return shell;
}

const root = document.documentElement.style;
const card = (shell: TestShell) => getComputedStyle(find(screenIn(shell), '.card'));
const main = (shell: TestShell) => getComputedStyle(find(screenIn(shell), 'button.main'));
const field = (shell: TestShell) => getComputedStyle(find(screenIn(shell), 'input'));

/** Red, green and blue as the screen shows a colour. */
function pixel(colour: string): number[] {
  const context = document.createElement('canvas').getContext('2d')!;
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  return Array.from(context.getImageData(0, 0, 1, 1).data.subarray(0, 3));
}

describe('a host’s theme', () => {
  afterEach(() => {
    clear();
    document.documentElement.removeAttribute('style');
  });

  it('B5: is light in a page that says nothing, whatever the system has', async () => {
    const shell = await form();
    expect(pixel(card(shell).backgroundColor)).to.deep.equal([255, 255, 255]);
  });

  it('B5: is the page’s by color-scheme, and one declaration forces the other', async () => {
    const shell = await form();
    root.colorScheme = 'dark';
    expect(Math.max(...pixel(card(shell).backgroundColor)), 'inherited').to.be.below(60);
    shell.style.colorScheme = 'light';
    expect(pixel(card(shell).backgroundColor), 'forced').to.deep.equal([255, 255, 255]);
    root.colorScheme = 'light';
    shell.style.colorScheme = 'dark';
    expect(Math.max(...pixel(card(shell).backgroundColor)), 'forced').to.be.below(60);
  });

  it('B5: one accent set on the page colours main button, links, progress and tile', async () => {
    root.setProperty('--boarding-id-accent', '#a3195b');
    const shell = await form();
    const tile = new ThemeEntry();
    document.body.append(tile);
    await tile.updateComplete;
    const raspberry = [163, 25, 91];
    expect(pixel(main(shell).backgroundColor)).to.deep.equal(raspberry);
    expect(pixel(main(shell).color)).to.deep.equal([255, 255, 255]);
    for (const [each, selector, property] of [
      [screenIn(shell), 'button.quiet', 'color'],
      [screenIn(shell), '.reached', 'borderTopColor'],
      [shell, '.way-out summary', 'color'],
      [tile, 'svg', 'stroke'],
    ] as const) {
      const colour = getComputedStyle(find(each, selector))[property];
      expect(pixel(colour), selector).to.deep.equal(raspberry);
    }
  });

  it('B5: a bright accent stays itself as the ground of the main button, with black on it', async () => {
    root.setProperty('--boarding-id-accent', '#ffd400');
    const shell = await form();
    expect(pixel(main(shell).backgroundColor)).to.deep.equal([255, 212, 0]);
    expect(pixel(main(shell).color)).to.deep.equal([0, 0, 0]);
    expect(pixel(main(shell).borderTopColor)[0], 'edged').to.be.below(160);
  });

  it('B5: a value that is no colour leaves everything to be read', async () => {
    root.setProperty('--boarding-id-accent', 'brand-blue');
    const shell = await form();
    expect(main(shell).color).to.equal(card(shell).color);
    expect(main(shell).backgroundColor).to.equal('rgba(0, 0, 0, 0)');
  });

  it('B5: grounds are the host’s, kept light in the light theme', async () => {
    root.setProperty('--boarding-id-background', '#fff6e5');
    root.setProperty('--boarding-id-surface', '#fffdf8');
    const shell = await form();
    expect(pixel(card(shell).backgroundColor)).to.deep.equal([255, 253, 248]);
    const ground = () => pixel(getComputedStyle(find(shell, 'section')).backgroundColor);
    expect(ground()).to.deep.equal([255, 246, 229]);
    root.setProperty('--boarding-id-background', 'navy');
    expect(Math.min(...ground())).to.be.above(200);
  });

  it('B5: font, size and roundness are the host’s, in fields and buttons too', async () => {
    root.fontFamily = 'cursive';
    const usual = await form();
    expect(field(usual).fontFamily).to.match(/^system-ui/);
    expect(main(usual).fontSize).to.equal('16px');
    clear();
    root.setProperty('--boarding-id-font', "'Host Sans', serif");
    root.setProperty('--boarding-id-font-size', '20px');
    root.setProperty('--boarding-id-radius', '4px');
    const shell = await form();
    for (const style of [field(shell), main(shell), card(shell)]) {
      expect(style.fontFamily).to.match(/^"?Host Sans"?, serif$/);
    }
    expect(main(shell).fontSize).to.equal('20px');
    expect(card(shell).borderTopLeftRadius).to.equal('4px');
    expect(main(shell).borderTopLeftRadius).to.equal('6.4px');
    root.setProperty('--boarding-id-radius', '0');
    expect(main(shell).borderTopLeftRadius).to.equal('0px');
  });

  it('B5: the language of the text is known to the engine, which chooses fonts by it', async () => {
    const shell = await form();
    const { style } = document.body;
    const locale = getComputedStyle(find(screenIn(shell), 'label')).getPropertyValue(
      '-webkit-locale',
    );
    // Chromium writes it as a string, WebKit as a name.
    expect(locale.replaceAll('"', '')).to.equal('webkitLocale' in style ? 'zh-CN' : '');
  });

  it('R15: the code is black on white whatever the host’s colours', async () => {
    for (const name of ['accent', 'background', 'surface']) {
      root.setProperty(`--boarding-id-${name}`, '#123');
    }
    root.colorScheme = 'dark';
    const shell = await shellAt(states['code']!, { scheme: 'dark' });
    const qr = find(screenIn(shell), 'boarding-id-qr');
    expect(getComputedStyle(find(qr, 'svg')).backgroundColor).to.equal('rgb(255, 255, 255)');
    expect(getComputedStyle(find(qr, 'path')).fill).to.equal('rgb(0, 0, 0)');
  });
});
