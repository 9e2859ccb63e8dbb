import { expect } from 'chai';
import { auditStates } from './audit.ts';
import { button, clear, screenIn, shellAt, textOf } from './fixture.ts';
import { registered, states } from './states.ts';

describe('boarding-id-services', () => {
  afterEach(clear);
  auditStates('services');

  it('R1: lists this service under 温馨服务, and opens the application page', async () => {
    const shell = await shellAt(states['services']!);
    expect(textOf(shell.shadowRoot!.querySelector('boarding-id-header')!)).to.include('温馨服务');
    button(screenIn(shell), '乘坐旅客列车临时身份证明').click();
    expect(shell.flow.heard).to.deep.include({ type: 'open', screen: 'application' });
  });

  it('R1: has room for the other services of the host', async () => {
    const shell = await shellAt(states['services']!);
    const other = document.createElement('p');
    other.slot = 'services';
    other.textContent = '重点旅客预约';
    shell.append(other);
    expect(other.getBoundingClientRect().height).to.be.greaterThan(0);
    const slot = screenIn(shell).shadowRoot.querySelector('slot')!;
    expect(slot.assignedElements({ flatten: true })).to.deep.equal([other]);
  });

  it('R23: leads a registered user to the records, and a guest nowhere', async () => {
    const shell = await shellAt({ known: registered(), screen: { name: 'services' } });
    button(screenIn(shell), '申请记录').click();
    expect(shell.flow.heard).to.deep.include({ type: 'open', screen: 'records' });
    clear();
    expect(textOf(screenIn(await shellAt(states['services']!)))).not.to.include('申请记录');
  });
});
