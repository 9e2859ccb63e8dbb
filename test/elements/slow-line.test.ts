import { expect } from 'chai';
import { zh } from '../../widget/locales/index.ts';
import { clear, drawn, find, screenIn, shellAt, textOf } from './fixture.ts';
import { states } from './states.ts';

describe('a slow network', () => {
  afterEach(clear);

  for (const name of [
    'application-slow',
    'application-locating-slow',
    'outcome-waiting-slow',
    'outcome-unconfirmed-view',
    'records-slow',
    'code-refreshing-slow',
    'code-checking-again-slow',
  ]) {
    it(`is told of on the screen and once in the live region: ${name}`, async () => {
      const shell = await shellAt(states[name]!);
      const screen = screenIn(shell);
      expect(textOf(screen)).to.include(zh.slow);
      const said = find(shell, '[role=status]').textContent;
      expect(said.split(zh.slow)).to.have.length(2);
      const { known } = shell.flow.state;
      shell.flow.show({ ...shell.flow.state, known: { ...known, slow: [] } });
      await drawn(shell);
      expect(textOf(shell)).not.to.include(zh.slow);
      expect(textOf(screenIn(shell))).not.to.include(zh.slow);
    });
  }

  it('of another lane is not told of', async () => {
    const { known, screen } = states['outcome-waiting']!;
    const shell = await shellAt({ known: { ...known, slow: ['location', 'records'] }, screen });
    expect(textOf(screenIn(shell))).not.to.include(zh.slow);
  });
});
