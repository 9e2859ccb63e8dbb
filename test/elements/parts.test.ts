import { expect } from 'chai';
import { clear, everything, find, screenIn, shellAt } from './fixture.ts';
import { states } from './states.ts';

/** The parts that the class comment of `BoardingId` promises. */
const promised = [
  'header',
  'heading',
  'screen',
  'card',
  'notice',
  'primary-button',
  'button',
  'text-button',
  'field',
  'code',
  'way-out',
];

/** As a host's own sheet. */
function hostRules(text: string): void {
  const style = document.createElement('style');
  style.textContent = text;
  document.body.append(style);
}

const reached = (element: Element): boolean =>
  getComputedStyle(element).outlineColor === 'rgb(1, 2, 3)';

describe('parts', () => {
  afterEach(clear);

  for (const part of promised) {
    it(`B5: a host’s rule for ::part(${part}) reaches it, and nothing that is no such part`, async () => {
      let count = 0;
      for (const [name, state] of Object.entries(states)) {
        const shell = await shellAt(state);
        hostRules(`test-shell::part(${part}) { outline-color: rgb(1, 2, 3) }`);
        for (const element of everything(shell.shadowRoot!)) {
          const isPart = element.getAttribute('part') === part;
          expect(reached(element), `${name} ${element.outerHTML}`).to.equal(isPart);
          count += Number(isPart);
        }
        clear();
      }
      expect(count).to.be.greaterThan(0);
    });
  }

  it('B5: every button, card and field of a screen is a part, and no part has another name', async () => {
    for (const [name, state] of Object.entries(states)) {
      const shell = await shellAt(state);
      for (const element of everything(screenIn(shell).shadowRoot)) {
        if (!element.matches('button, .card, .notice, select, input:not([type=checkbox])'))
          continue;
        const part = element.getAttribute('part');
        expect(promised, `${name} ${element.outerHTML}`).to.include(part);
      }
    }
  });

  it('B5: the part follows what the element has become', async () => {
    const shell = await shellAt(states['application-guest']!);
    const apply = find(screenIn(shell), '[type=submit]');
    expect(apply.getAttribute('part')).to.equal('primary-button');
    shell.flow.show(states['application-valid-proof']!);
    await shell.updateComplete;
    await screenIn(shell).updateComplete;
    expect(find(screenIn(shell), '[type=submit]').getAttribute('part')).to.equal('button');
  });
});
