import { expect } from 'chai';
import { en } from '../../widget/locales/en.ts';
import { zh } from '../../widget/locales/index.ts';
import { headingKey } from '../../widget/elements/arrival.ts';
import { readingOrder, type Read } from './devtools.ts';
import { clear, drawn, find, screenIn, shellAt, type TestShell } from '../elements/fixture.ts';
import { at, states } from '../elements/states.ts';

/** What must say what it is. */
const named = new Set([
  'button',
  'link',
  'textbox',
  'combobox',
  'checkbox',
  'option',
  'DisclosureTriangle',
  'dialog',
  'image',
  'heading',
  'region',
]);
const controls = new Set(['button', 'link', 'textbox', 'combobox', 'checkbox']);

const isLive = ({ properties }: Read): boolean =>
  properties['live'] !== undefined && properties['live'] !== 'off';

const inScanMode = (name: string): boolean => name === 'code-scan';

describe('what a screen reader finds on every screen', () => {
  afterEach(clear);

  const everyState =
    (check: (name: string, read: Read[], shell: TestShell) => void) => async () => {
      for (const [name, state] of Object.entries(states)) {
        for (const lang of ['zh', 'en']) {
          const shell = await shellAt(state, { lang });
          check(`${name} ${lang}`, await readingOrder(), shell);
          clear();
        }
      }
    };

  it(
    'back, the one heading, help, and then the screen; in scan mode the code alone',
    everyState((where, read, shell) => {
      const texts = where.endsWith('en') ? en : zh;
      const headings = read.filter(({ properties }) => properties['level'] === 1);
      const found = read.filter(({ role }) => controls.has(role) || role === 'heading');
      if (inScanMode(where.split(' ')[0]!)) {
        expect(found.map(({ name }) => name)).to.deep.equal([texts.code.exitScan]);
        return;
      }
      const { screen } = shell.flow.state;
      const heading = texts.headings[headingKey(screen)];
      const first = [texts.back, heading, ...(screen.name === 'help' ? [] : [texts.help])];
      expect(
        found.slice(0, first.length).map(({ name }) => name),
        where,
      ).to.deep.equal(first);
      const ones = headings.filter(({ role }) => role === 'heading');
      expect(
        ones.map(({ name }) => name),
        where,
      ).to.deep.equal([heading]);
    }),
  );

  it(
    'no control, picture, dialog or heading without a name, and no heading that skips a level',
    everyState((where, read) => {
      const unnamed = read.filter(({ role, name }) => named.has(role) && name.trim() === '');
      expect(
        unnamed.map(({ role }) => role),
        where,
      ).to.deep.equal([]);
      const levels = read
        .filter(({ role }) => role === 'heading')
        .map(({ properties }) => Number(properties['level']));
      levels.forEach((level, place) => {
        expect(level, where).to.be.at.most((levels[place - 1] ?? 0) + 1);
      });
    }),
  );

  it(
    'one live region, a polite one',
    everyState((where, read) => {
      const live = read.filter(isLive).map(({ role, properties }) => [role, properties['live']]);
      const scanning = inScanMode(where.split(' ')[0]!);
      expect(live, where).to.deep.equal(scanning ? [] : [['status', 'polite']]);
    }),
  );

  it('R15: nothing that is read by itself changes while the code changes five times', async () => {
    const shell = await shellAt(states['code']!);
    const spoken = async () => {
      const read = await readingOrder();
      const from = read.findIndex(isLive);
      return read.slice(from, from + 2).map(({ role, name }) => `${role} ${name}`);
    };
    const before = await spoken();
    for (let second = 0; second < 150; second += 30) {
      shell.flow.time = (at + second) * 1000;
      shell.flow.show({ ...states['code']! });
      screenIn(shell).requestUpdate();
      await drawn(shell);
      expect(await spoken()).to.deep.equal(before);
    }
    expect(find(shell, '[role=status]').textContent).to.equal('');
  });
});
