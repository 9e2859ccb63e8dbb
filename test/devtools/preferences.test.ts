import { setViewport } from '@web/test-runner-commands';
import { expect } from 'chai';
import { emulateMedia } from './devtools.ts';
import { clear, everything, find, screenIn, shellAt, type TestShell } from '../elements/fixture.ts';
import { largeTextFits } from '../elements/large-text.ts';
import { states } from '../elements/states.ts';

const moving = (shell: TestShell): Animation[] =>
  everything(shell.shadowRoot!).flatMap((element) =>
    element.getAnimations().filter(({ playState }) => playState === 'running'),
  );

describe('what a traveller has set in the system', () => {
  afterEach(async () => {
    clear();
    document.documentElement.removeAttribute('style');
    document.body.removeAttribute('style');
    await setViewport({ width: 800, height: 600 });
    await emulateMedia({});
  });

  it('reduced motion: nothing moves on any screen', async () => {
    expect(moving(await shellAt(states['code']!)), 'the mark moves otherwise').to.have.length(1);
    clear();
    await emulateMedia({ 'prefers-reduced-motion': 'reduce' });
    for (const [name, state] of Object.entries(states)) {
      const shell = await shellAt(state);
      expect(moving(shell), name).to.deep.equal([]);
      clear();
    }
  });

  it('R15: forced colours: the code stays black on white, in scan mode too', async () => {
    await emulateMedia({ 'forced-colors': 'active' });
    expect(matchMedia('(forced-colors: active)').matches).to.equal(true);
    for (const name of ['code', 'code-scan', 'code-offline']) {
      for (const scheme of ['light', 'dark'] as const) {
        const shell = await shellAt(states[name]!, { scheme });
        for (const qr of screenIn(shell).shadowRoot.querySelectorAll('boarding-id-qr')) {
          expect(getComputedStyle(find(qr, 'svg')).backgroundColor, name).to.equal(
            'rgb(255, 255, 255)',
          );
          expect(getComputedStyle(find(qr, 'path')).fill, name).to.equal('rgb(0, 0, 0)');
        }
        clear();
      }
    }
  });

  it('forced colours: every button can be told from the page by a border or a ground', async () => {
    await emulateMedia({ 'forced-colors': 'active' });
    for (const [name, state] of Object.entries(states)) {
      const shell = await shellAt(state);
      for (const button of everything(shell.shadowRoot!).filter((each) => each.matches('button'))) {
        const { color, backgroundColor } = getComputedStyle(button);
        expect(color, `${name} ${button.textContent}`).not.to.equal(backgroundColor);
      }
      clear();
    }
  });

  for (const [width, height] of [
    [320, 568],
    [360, 600],
    [390, 844],
    [568, 320],
    [667, 375],
    [844, 390],
    [1280, 800],
  ] as const) {
    it(`text of any size: in scan mode the code has the shorter side of ${width} × ${height}`, async () => {
      await setViewport({ width, height });
      for (const size of ['16px', '24px', '32px']) {
        document.documentElement.style.setProperty('--boarding-id-font-size', size);
        const shell = await shellAt(states['code-scan']!);
        const dialog = find(screenIn(shell), 'dialog');
        const code = find(screenIn(shell), 'dialog boarding-id-qr').getBoundingClientRect();
        const room = Math.min(width < height ? width : width * 0.65, height) - 2 * parseFloat(size);
        expect(code.width, size).to.be.at.least(0.9 * room);
        expect(code.top, size).to.be.at.least(0);
        expect(code.bottom, size).to.be.at.most(height);
        expect(dialog.scrollWidth, size).to.be.at.most(width);
        clear();
      }
    });
  }

  it('forced colours: the mark that moves can be told from the page', async () => {
    await emulateMedia({ 'forced-colors': 'active' });
    const mark = find(screenIn(await shellAt(states['code']!)), '.train');
    const { backgroundColor } = getComputedStyle(mark, '::before');
    expect(backgroundColor).to.equal(getComputedStyle(mark).color);
  });

  it('text of twice the size: nothing is cut off or scrolls sideways at 320 px', async () => {
    document.documentElement.style.setProperty('--boarding-id-font-size', '32px');
    document.body.style.margin = '0';
    await setViewport({ width: 320, height: 640 });
    await largeTextFits(320);
  });
});
