import { expect } from 'chai';
import { clear, everything, find, screenIn, shellAt } from '../elements/fixture.ts';
import { states } from '../elements/states.ts';

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

/** Far from anything in the component's own rules: one length for each part. */
const lengthOf = (part: string): string => `${1000 + promised.indexOf(part)}px`;
const rules = promised.map(
  (part) => `test-shell::part(${part}) { outline-offset: ${lengthOf(part)} }`,
);

describe('parts', () => {
  beforeEach(() => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(rules.join('\n'));
    document.adoptedStyleSheets = [sheet];
  });
  afterEach(() => {
    document.adoptedStyleSheets = [];
    clear();
  });

  it('B5: a host’s rule for ::part() reaches each part, and nothing that is none', async () => {
    const reached = new Set<string>();
    for (const [name, state] of Object.entries(states)) {
      const shell = await shellAt(state);
      for (const element of everything(shell.shadowRoot!)) {
        const part = element.getAttribute('part');
        const { outlineOffset } = getComputedStyle(element);
        const where = `${name} ${element.outerHTML}`;
        if (part === null) {
          expect(promised.map(lengthOf), where).not.to.include(outlineOffset);
          continue;
        }
        expect(outlineOffset, where).to.equal(lengthOf(part));
        reached.add(part);
      }
      clear();
    }
    expect([...reached]).to.have.members(promised);
  });

  it('B5: every button, card and field of a screen is a part', async () => {
    for (const [name, state] of Object.entries(states)) {
      const shell = await shellAt(state);
      for (const element of everything(screenIn(shell).shadowRoot)) {
        if (!element.matches('button, .card, .notice, select, input:not([type=checkbox])'))
          continue;
        expect(element.getAttribute('part'), `${name} ${element.outerHTML}`).not.to.equal(null);
      }
      clear();
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
