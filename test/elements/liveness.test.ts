import { expect } from 'chai';
import { zh } from '../../widget/locales/index.ts';
import { auditStates } from './audit.ts';
import { button, clear, drawn, screenIn, shellAt, textOf } from './fixture.ts';
import { states } from './states.ts';

describe('boarding-id-liveness', () => {
  afterEach(clear);
  auditStates('liveness');

  it('R13: says what will happen and why before anything happens', async () => {
    const shell = await shellAt(states['liveness-explain']!);
    for (const text of [...zh.liveness.points, zh.liveness.why, zh.liveness.apply]) {
      expect(textOf(screenIn(shell))).to.include(text);
    }
    expect(shell.flow.heard).not.to.include('attach zh');
    button(screenIn(shell), '开始核验').click();
    expect(shell.flow.heard).to.deep.include({ type: 'start-liveness' });
  });

  it('R20: says of a check for viewing that it uses no application', async () => {
    const state = states['liveness-explain']!;
    if (state.screen.name !== 'liveness') throw new Error('Another screen.');
    const shell = await shellAt({ ...state, screen: { ...state.screen, purpose: 'view' } });
    expect(textOf(screenIn(shell))).to.include('不占用申请次数');
  });

  it('hands its stage over while the check runs, once, and takes it back after', async () => {
    const shell = await shellAt(states['liveness-explain']!, { lang: 'en' });
    shell.flow.show(states['liveness-running']!);
    await drawn(shell);
    shell.flow.show({ ...states['liveness-running']! });
    await drawn(shell);
    expect(textOf(screenIn(shell))).to.include('stage');
    shell.flow.show(states['outcome-waiting']!);
    await drawn(shell);
    expect(
      shell.flow.heard.filter((each) => typeof each === 'string' && each.includes('tach')),
    ).to.deep.equal(['attach en', 'detach']);
  });

  it('hands its stage over anew in another language', async () => {
    const shell = await shellAt(states['liveness-running']!, { lang: 'zh' });
    shell.lang = 'en';
    while (shell.flow.heard.at(-1) !== 'attach en') await new Promise((next) => setTimeout(next));
    expect(
      shell.flow.heard.filter((each) => typeof each === 'string' && each.includes('tach')),
    ).to.deep.equal(['attach zh', 'detach', 'attach en']);
  });
});
