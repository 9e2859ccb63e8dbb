import { expect } from 'chai';
import { obstacles } from '../../widget/flow/state.ts';
import { loadDictionary, zh } from '../../widget/locales/index.ts';
import { auditStates } from './audit.ts';
import { button, clear, find, screenIn, shellAt, textOf } from './fixture.ts';
import { guest, states } from './states.ts';

describe('boarding-id-readiness', () => {
  afterEach(clear);
  auditStates('readiness');

  for (const obstacle of obstacles.filter((each) => each !== 'clock-wrong')) {
    it(`B4: names ${obstacle}, why it matters and how to mend it, in both languages`, async () => {
      for (const lang of ['zh', 'en'] as const) {
        for (const platform of ['android', 'ios', 'desktop'] as const) {
          const texts = (await loadDictionary(lang)).readiness;
          const shell = await shellAt(
            {
              known: guest({ platform }),
              screen: { name: 'readiness', obstacle, checking: false },
            },
            { lang },
          );
          const { title, text } = texts.obstacles[obstacle];
          expect(textOf(screenIn(shell)))
            .to.include(title)
            .and.include(text);
          const way = find(screenIn(shell), '.result p:last-child').textContent.trim();
          expect(way, `${lang} ${platform}`).to.have.length.above(8);
          clear();
        }
      }
    });
  }

  it('B4: checks again, and goes on where that is possible', async () => {
    const shell = await shellAt(states['readiness-location']!);
    button(screenIn(shell), zh.readiness.again).click();
    button(screenIn(shell), zh.readiness.proceed).click();
    expect(shell.flow.heard).to.deep.include({ type: 'retry' });
    expect(shell.flow.heard).to.deep.include({ type: 'proceed' });
    const hopeless = await shellAt(states['readiness-insecure']!);
    expect(() => button(screenIn(hopeless), zh.readiness.proceed)).to.throw();
  });
});
