import { expect } from 'chai';
import { connectBridge } from '../../widget/bridge.ts';
import { NativeHost } from '../bridge/native-host.ts';

/** Nothing listens there: what these tests show needs no issuer. */
const nowhere = 'http://127.0.0.1:9';

const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await frame();
}

/** The component in a host that can do all that the test says. */
async function inHost(capabilities: string[], answers: Record<string, unknown> = {}) {
  await import('../../widget/define.ts');
  const host = new NativeHost(capabilities, answers);
  const element = document.createElement('boarding-id');
  Object.assign(element, { issuer: nowhere, bridge: connectBridge(host) });
  document.body.append(element);
  const heading = (): string | undefined =>
    element.shadowRoot?.querySelector('boarding-id-header')?.shadowRoot?.querySelector('h1')
      ?.textContent;
  await until(() => heading() === '温馨服务');
  const says = (type: string, payload?: unknown) => host.say({ version: 1, type, payload });
  const told = (): unknown[] =>
    host.heard.filter(({ type }) => type === 'event').map(({ payload }) => payload);
  return { host, element, heading, says, told };
}

describe('B5: <boarding-id> over a bridge', () => {
  afterEach(() => {
    document.body.replaceChildren();
  });

  it('tells the host what it tells the page, and closes the host with it', async () => {
    const { host, element, told } = await inHost(['close']);
    expect(told()[0]).to.deep.equal({ name: 'opened', screen: 'services' });
    element.close();
    await until(() => host.types().includes('close'));
    expect(told().at(-1)).to.deep.equal({ name: 'closed', reason: 'host' });
  });

  it('goes where the host says, and back by the phone’s own button', async () => {
    const { heading, says, told } = await inHost([]);
    says('open', { screen: 'help' });
    await until(() => heading() === '须知与问答');
    says('back');
    await until(() => heading() === '温馨服务');
    says('back');
    await until(() => told().length > 3);
    expect(told().slice(-2)).to.deep.equal([
      { name: 'close-request', source: 'host' },
      { name: 'closed', reason: 'user' },
    ]);
    const before = told().length;
    says('back');
    await frame();
    expect(told()).to.have.length(before);
  });

  it('R2: opens at the screen that the host has named before the component was there', async () => {
    await import('../../widget/define.ts');
    const host = new NativeHost([]);
    const bridge = connectBridge(host);
    host.say({ version: 1, type: 'open', payload: { screen: 'help' } });
    const element = document.createElement('boarding-id');
    const opened: string[] = [];
    element.addEventListener('boarding-id-opened', ({ detail }) => opened.push(detail.screen));
    Object.assign(element, { issuer: nowhere, bridge });
    document.body.append(element);
    await until(() => opened.length > 0);
    expect(opened).to.deep.equal(['help']);
  });

  it('given only after the component has appeared, it is used all the same, and ends no visit', async () => {
    await import('../../widget/define.ts');
    const element = document.createElement('boarding-id');
    element.issuer = nowhere;
    document.body.append(element);
    await element.updateComplete;
    const heard: string[] = [];
    for (const name of ['boarding-id-opened', 'boarding-id-closed'] as const) {
      element.addEventListener(name, () => heard.push(name));
    }
    const host = new NativeHost(['location', 'close'], {
      location: { ok: false, reason: 'blocked' },
    });
    element.bridge = connectBridge(host);
    await element.updateComplete;
    host.say({ version: 1, type: 'open', payload: { screen: 'application' } });
    await until(() => host.types().includes('location'));
    expect(heard).to.deep.equal(['boarding-id-opened']);
    expect(host.types()).not.to.include('close');
  });

  it('given after the end, it shows nothing until the page opens the component', async () => {
    const { element } = await inHost([]);
    element.close();
    const heard: string[] = [];
    element.addEventListener('boarding-id-opened', () => heard.push('opened'));
    element.bridge = connectBridge(new NativeHost([], {}));
    await element.updateComplete;
    expect(heard).to.deep.equal([]);
    expect(element.shadowRoot?.querySelector('section')).to.equal(null);
    element.open('help');
    await until(() => element.shadowRoot?.querySelector('section') !== null);
    expect(heard).to.deep.equal(['opened']);
  });

  it('says on the page that its host is silent, which nobody would notice otherwise', async () => {
    await import('../../widget/define.ts');
    const element = document.createElement('boarding-id');
    // The two seconds are over at once.
    const bridge = connectBridge(new NativeHost(undefined), (_milliseconds, callback) => {
      callback();
      return () => undefined;
    });
    const codes: string[] = [];
    element.addEventListener('boarding-id-error', ({ detail }) => codes.push(detail.code));
    Object.assign(element, { issuer: nowhere, bridge });
    document.body.append(element);
    await until(() => codes.length > 0);
    expect(codes).to.deep.equal(['host-silent']);
  });

  it('R6: asks the host where the traveller is, not the browser', async () => {
    const { host, says, element } = await inHost(['location'], {
      location: { ok: false, reason: 'blocked' },
    });
    says('open', { screen: 'application' });
    await until(() => host.types().includes('location'));
    const form = () => element.shadowRoot?.querySelector('boarding-id-application')?.shadowRoot;
    await until(() => form()?.querySelector('.location')?.getAttribute('data-status') === 'failed');
    expect(form()?.textContent).to.include('定位');
  });

  it('R4: asks the host who is signed in, and again when the host says that it changed', async () => {
    const { host, says } = await inHost(['session'], { session: { session: null } });
    const askings = () => host.types().filter((type) => type === 'session').length;
    await until(() => askings() === 1);
    says('session-changed');
    await until(() => askings() === 2);
  });
});
