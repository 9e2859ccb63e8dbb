import { expect } from 'chai';
import type { RefusalCode } from '../../widget/flow/refusal.ts';
import { zh } from '../../widget/locales/index.ts';
import { en } from '../../widget/locales/en.ts';
import { auditStates } from './audit.ts';
import { button, clear, find, screenIn, shellAt, textOf } from './fixture.ts';
import { guest, states } from './states.ts';

const refusals = Object.keys(zh.refusals) as RefusalCode[];

describe('boarding-id-outcome', () => {
  afterEach(clear);
  auditStates('outcome');

  for (const lang of ['zh', 'en']) {
    it(`R14: every refusal says why, what to do, and names the paper window (${lang})`, async () => {
      const texts = lang === 'en' ? en : zh;
      for (const code of refusals) {
        const shell = await shellAt(
          {
            known: guest(),
            screen: {
              name: 'outcome',
              purpose: 'apply',
              outcome: { status: 'refused', refusal: { code } },
            },
          },
          { lang },
        );
        const { title, text, next } = texts.refusals[code];
        for (const words of [title, text, next, texts.paper.text]) {
          expect(textOf(screenIn(shell)), code).to.include(words);
        }
        clear();
      }
    });
  }

  it('R9: a spent quota says from when on, offers no retry, and shows the nearest window first', async () => {
    const shell = await shellAt(states['outcome-quota']!);
    expect(textOf(screenIn(shell))).to.include('11月30日 15:07 起可再次申请');
    expect(screenIn(shell).shadowRoot.querySelector('button')).to.equal(null);
    const nearest = find(screenIn(shell), '.windows li');
    expect(nearest.textContent).to.include('北京南站').and.include('1.2 公里');
    expect(nearest.textContent, 'mock data says so').to.include(zh.paper.mock);
  });

  it('R9: a failed check says how often one can try again, and retries', async () => {
    const shell = await shellAt(states['outcome-liveness-failed']!);
    expect(textOf(screenIn(shell))).to.include('还可再试 2 次');
    button(screenIn(shell), '重试').click();
    expect(shell.flow.heard).to.deep.include({ type: 'retry' });
  });

  it('R14: under review, a guest learns how to hear the outcome later', async () => {
    const shell = await shellAt(states['outcome-pending']!);
    expect(textOf(screenIn(shell))).to.include(zh.outcome.pendingGuest);
  });

  it('B6: without an answer, says that nothing is lost and asks again by one tap', async () => {
    const shell = await shellAt(states['outcome-unconfirmed']!);
    expect(textOf(screenIn(shell))).to.include(zh.outcome.unconfirmed);
    button(screenIn(shell), '重试').click();
    expect(shell.flow.heard).to.deep.include({ type: 'retry' });
    clear();
    const look = await shellAt(states['outcome-unconfirmed-view']!);
    expect(textOf(screenIn(look)))
      .to.include(zh.outcome.unconfirmedView)
      .and.include('10 分钟');
  });

  it('R14: approved while nobody looked, one more check leads to the code', async () => {
    const shell = await shellAt(states['outcome-approved']!);
    button(screenIn(shell), '核验并出示').click();
    expect(shell.flow.heard).to.deep.include({ type: 'verify-again' });
  });
});
