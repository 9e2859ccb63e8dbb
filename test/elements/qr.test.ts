import { expect } from 'chai';
import { qrPath } from '../../widget/elements/qr-path.ts';
import type { BoardingIdQr } from '../../widget/elements/qr.ts';
import { violations } from './audit.ts';
import { clear, drawn, find, screenIn, shellAt } from './fixture.ts';
import { codeText, states } from './states.ts';

/** The symbol as rows of `#` and ` `, read back from the path's rectangles. */
function rows({ modules, path }: { modules: number; path: string }): string[] {
  const grid = Array.from({ length: modules }, () => ' '.repeat(modules));
  for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1H\d+z/g)) {
    const row = grid[Number(y)] ?? '';
    const end = Number(x) + Number(length);
    grid[Number(y)] = row.slice(0, Number(x)) + '#'.repeat(Number(length)) + row.slice(end);
  }
  return grid;
}

async function qr(code: string): Promise<BoardingIdQr> {
  const element = document.createElement('boarding-id-qr') as BoardingIdQr;
  element.code = code;
  element.label = '乘车二维码';
  document.body.append(element);
  await element.updateComplete;
  return element;
}

/** Until a page with nothing to do has drawn; a browser that cannot tell when that is draws nothing beforehand. */
async function idle(): Promise<void> {
  const { requestIdleCallback }: { requestIdleCallback?: (callback: () => void) => number } =
    window;
  if (requestIdleCallback) await new Promise<void>((resolve) => requestIdleCallback(resolve));
}

describe('boarding-id-qr', () => {
  afterEach(clear);

  for (const scheme of ['light', 'dark']) {
    it(`passes axe, ${scheme}`, async () => {
      const element = await qr(codeText(0));
      element.style.colorScheme = scheme;
      expect(await violations(element)).to.deep.equal([]);
    });
  }

  it('draws a code of 254 characters in 57 modules, with its three finders', () => {
    const drawing = qrPath(codeText(0));
    expect(drawing.modules).to.equal(57);
    const grid = rows(drawing);
    const finder = ['#######', '#     #', '# ### #', '# ### #', '# ### #', '#     #', '#######'];
    const corner = (x: number, y: number) => grid.slice(y, y + 7).map((row) => row.slice(x, x + 7));
    expect(corner(0, 0)).to.deep.equal(finder);
    expect(corner(50, 0)).to.deep.equal(finder);
    expect(corner(0, 50)).to.deep.equal(finder);
  });

  it('draws another symbol for another code', async () => {
    const element = await qr(codeText(0));
    const path = () => find(element, 'path').getAttribute('d');
    const before = path();
    element.code = codeText(1);
    await element.updateComplete;
    expect(path()).not.to.equal(before);
  });

  it('draws the symbol of the next code beforehand, and shows it when its turn comes, and no other', async () => {
    const element = await qr(codeText(0));
    const path = () => find(element, 'path').getAttribute('d');
    element.next = codeText(1);
    await element.updateComplete;
    await idle();
    expect(path()).to.equal(qrPath(codeText(0)).path);
    for (const seed of [1, 2, 0]) {
      element.code = codeText(seed);
      await element.updateComplete;
      expect(path()).to.equal(qrPath(codeText(seed)).path);
    }
  });

  it('keeps four modules of white on each side, dark on white, in both themes', async () => {
    for (const scheme of ['light', 'dark']) {
      const element = await qr(codeText(0));
      element.style.colorScheme = scheme;
      const svg = find(element, 'svg');
      expect(svg.getAttribute('viewBox')).to.equal('-4 -4 65 65');
      expect(getComputedStyle(svg).backgroundColor).to.equal('rgb(255, 255, 255)');
      expect(getComputedStyle(find(element, 'path')).fill).to.equal('rgb(0, 0, 0)');
    }
  });

  it('has a name for screen readers, which says nothing of the code; nor does an attribute', async () => {
    const element = await qr(codeText(0));
    const svg = find(element, 'svg');
    expect(svg.getAttribute('role')).to.equal('img');
    expect(svg.getAttribute('aria-label')).to.equal('乘车二维码');
    const markup = document.body.getHTML({ shadowRoots: [element.shadowRoot!] });
    expect(markup).not.to.include(codeText(0).slice(0, 20));
  });

  it('is at least 300 px wide where the screen has 360', async () => {
    document.body.style.width = '360px';
    document.body.style.margin = '0';
    const shell = await shellAt(states['code']!);
    for (const size of ['normal', 'large'] as const) {
      shell.textSize = size;
      await drawn(shell);
      const symbol = find(screenIn(shell), 'boarding-id-qr');
      expect(symbol.getBoundingClientRect().width, size).to.be.at.least(300);
    }
    document.body.removeAttribute('style');
  });
});
