import { expect } from 'chai';
import { HostStates } from '../../widget/elements/host-states.ts';
import { clear, drawn, shellAt } from '../elements/fixture.ts';
import { states } from '../elements/states.ts';

const names = [
  'screen-services',
  'screen-readiness',
  'screen-application',
  'screen-liveness',
  'screen-outcome',
  'screen-code',
  'screen-records',
  'screen-help',
  'offline',
  'code-live',
  'scan-mode',
];

const matching = (element: Element, selector: (name: string) => string): string[] =>
  names.filter((name) => element.matches(selector(name)));

describe('states for a host’s style sheet', () => {
  afterEach(clear);

  for (const [state, expected] of Object.entries({
    services: ['screen-services'],
    'readiness-insecure': ['screen-readiness'],
    'application-guest': ['screen-application'],
    'liveness-explain': ['screen-liveness'],
    'outcome-quota': ['screen-outcome'],
    'outcome-unconfirmed': ['screen-outcome', 'offline'],
    code: ['screen-code', 'code-live'],
    'code-offline': ['screen-code', 'offline', 'code-live'],
    'code-scan': ['screen-code', 'code-live', 'scan-mode'],
    'code-verification-required': ['screen-code'],
    'code-proof-ended': ['screen-code'],
    records: ['screen-records'],
    help: ['screen-help'],
  })) {
    it(`B5: ${state}: ${expected.join(', ')}, by :state() and by the attribute`, async () => {
      const shell = await shellAt(states[state]!);
      expect(matching(shell, (name) => `:state(${name})`)).to.deep.equal(expected);
      expect(matching(shell, (name) => `[data-state~='${name}']`)).to.deep.equal(expected);
    });
  }

  it('B5: a state that has passed is gone', async () => {
    const shell = await shellAt(states['code-offline']!);
    shell.flow.show(states['help']!);
    await drawn(shell);
    expect(matching(shell, (name) => `:state(${name})`)).to.deep.equal(['screen-help']);
    expect(shell.dataset['state']).to.equal('screen-help');
  });

  it('B7: the attribute says how things stand and nothing of the person', async () => {
    for (const state of Object.values(states)) {
      const { dataset } = await shellAt(state);
      for (const word of dataset['state']!.split(' ')) expect(names).to.include(word);
    }
  });

  it('B5: the attribute stands where an engine has no states, no internals, or two dashes alone', () => {
    const dashesOnly = new Set<string>();
    dashesOnly.add = (name) => {
      throw new DOMException(name, 'SyntaxError');
    };
    for (const attachInternals of [
      undefined,
      () => ({}),
      () => ({ states: undefined }),
      () => ({ states: dashesOnly }),
    ]) {
      const element = Object.assign(document.createElement('div'), { attachInternals });
      new HostStates(element).show(['offline', 'screen-code']);
      expect(element.dataset['state']).to.equal('offline screen-code');
    }
  });
});
