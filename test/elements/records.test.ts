import { expect } from 'chai';
import { zh } from '../../widget/locales/index.ts';
import { auditStates } from './audit.ts';
import { button, clear, screenIn, shellAt, textOf } from './fixture.ts';
import { guest, states } from './states.ts';

describe('boarding-id-records', () => {
  afterEach(clear);
  auditStates('records');

  it('R23: lists when, where and with what outcome, since the same day of last month', async () => {
    const text = textOf(screenIn(await shellAt(states['records']!)));
    expect(text).to.include('10月22日 以来的申请');
    expect(text).to.include('11月22日 14:55 · 北京市 已通过').and.include('K7QF-3M2X-9TVD');
    expect(text).to.include('未通过').and.include(zh.refusals['review-refused'].title);
    expect(text).to.include('审核中');
  });

  it('R23: says so when there are none', async () => {
    expect(textOf(screenIn(await shellAt(states['records-empty']!)))).to.include(zh.records.empty);
  });

  it('R23: says why the list did not come, and tries again', async () => {
    const shell = await shellAt(states['records-refused']!);
    expect(textOf(screenIn(shell)))
      .to.include(zh.refusals.unavailable.title)
      .and.include('30 秒');
    button(screenIn(shell), '重试').click();
    expect(shell.flow.heard).to.deep.include({ type: 'retry' });
  });

  it('R23: whoever is not signed in is told so, and is offered no retry that could not help', async () => {
    const shell = await shellAt({
      known: guest(),
      screen: {
        name: 'records',
        records: undefined,
        refusal: { code: 'session-required' },
        behind: { name: 'services' },
      },
    });
    expect(textOf(screenIn(shell))).to.include(zh.refusals['session-required'].next);
    expect(screenIn(shell).shadowRoot.querySelector('button')).to.equal(null);
  });

  it('R23: a signed-in traveller finds the list from the application page, a guest does not', async () => {
    const signedIn = await shellAt(states['application-signed-in']!);
    button(screenIn(signedIn), '申请记录').click();
    expect(signedIn.flow.heard).to.deep.include({ type: 'open', screen: 'records' });
    clear();
    const shell = await shellAt(states['application-guest']!);
    expect(() => button(screenIn(shell), '申请记录')).to.throw();
  });
});
