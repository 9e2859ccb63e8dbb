import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { LivenessAnswer, LocationAnswer, Ports } from '../../widget/flow/ports.ts';
import type { Obstacle } from '../../widget/flow/state.ts';
import { connectBridge } from '../../widget/host/bridge/bridge.ts';
import { capabilities } from '../../widget/host/bridge/envelope.ts';
import type { LivenessTransaction } from '../../widget/protocol/messages/holder.ts';
import { HandClock } from '../flow/hand-clock.ts';
import { NativeHost } from './native-host.ts';

const transaction: LivenessTransaction = {
  provider: 'https://liveness.example/1',
  purpose: 'apply',
  nonce: 'n',
  expiresAt: 1_800_000_000,
  attempts: 3,
  prompts: ['blink'],
};
const place = { ok: true, coordinates: { latitude: 39.9, longitude: 116.3 } } as const;

/** A browser of which one can tell that it was used. */
function someBrowser() {
  const used: string[] = [];
  const obstacles: Obstacle[] = [
    'location-withheld',
    'location-blocked',
    'camera-withheld',
    'camera-missing',
    'storage-refused',
    'keys-unavailable',
  ];
  const ports = {
    session: async () => 'browser’s',
    sessionGiven: () => false,
    readiness: { check: async () => obstacles },
    location: { locate: async () => ({ ok: false, reason: 'denied' }) as LocationAnswer },
    liveness: { run: async () => ({ status: 'cancelled' }) as LivenessAnswer },
    settings: { able: async () => false, open: () => undefined },
    haptics: (kind: string) => void used.push(kind),
    page: { scanMode: (on: boolean) => void used.push(`scan mode ${on}`) },
  } as unknown as Ports;
  return { ports, used };
}

function connected(host: NativeHost) {
  const clock = new HandClock(0);
  const bridge = connectBridge(host, clock.after);
  const browser = someBrowser();
  return { bridge, clock, used: browser.used, ports: bridge.portsOver(browser.ports), host };
}

const { signal } = new AbortController();
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('B5: the bridge to a native host', () => {
  it('says hello with all that a host may do, and asks for nothing the host has not offered', async () => {
    const { host, ports } = connected(new NativeHost([]));
    assert.deepEqual(host.heard, [{ version: 1, type: 'hello', payload: { capabilities } }]);
    assert.equal(await ports.session(), 'browser’s');
    assert.deepEqual(await ports.location.locate(signal), { ok: false, reason: 'denied' });
    assert.deepEqual(await ports.liveness.run(transaction, signal), { status: 'cancelled' });
    ports.page.scanMode(true);
    ports.haptics('success');
    ports.settings.open('camera');
    await settled();
    assert.deepEqual(host.types(), ['hello']);
  });

  it('uses what the host can, in place of the browser', async () => {
    const passed = { status: 'passed', assertion: 'a.b.c' };
    const { host, ports, used } = connected(
      new NativeHost([...capabilities, 'something-newer'], {
        session: { session: 'host’s' },
        location: place,
        liveness: passed,
      }),
    );
    assert.equal(await ports.sessionGiven(), true);
    assert.equal(await ports.session(), 'host’s');
    assert.deepEqual(await ports.location.locate(signal), place);
    assert.deepEqual(await ports.liveness.run(transaction, signal), passed);
    assert.deepEqual(host.last('liveness')?.payload, transaction);
    assert.equal(await ports.settings.able(), true);
    ports.settings.open('location');
    ports.haptics('failure');
    ports.page.scanMode(true);
    ports.page.scanMode(false);
    await settled();
    assert.deepEqual(host.last('settings')?.payload, { of: 'location' });
    assert.deepEqual(host.last('haptics')?.payload, { kind: 'failure' });
    assert.deepEqual(
      host.heard.filter(({ type }) => type === 'scan-mode').map(({ payload }) => payload),
      [{ on: true }, { on: false }],
    );
    assert.deepEqual(used, ['scan mode true', 'scan mode false'], 'the browser stays awake too');
  });

  it('nobody signed in is an answer as well', async () => {
    const { ports } = connected(new NativeHost(['session'], { session: { session: null } }));
    assert.equal(await ports.session(), undefined);
  });

  it('B4: what the browser lacks is in nobody’s way where the host does it', async () => {
    const both = connected(new NativeHost(['location', 'liveness']));
    assert.deepEqual(await both.ports.readiness.check(), ['storage-refused', 'keys-unavailable']);
    const one = connected(new NativeHost(['liveness']));
    assert.ok((await one.ports.readiness.check()).includes('location-blocked'));
  });

  it('a host that says nothing for two seconds is none: the browser does all of it', async () => {
    const { bridge, clock, ports } = connected(new NativeHost(undefined));
    const asked = ports.session();
    clock.advance(2000);
    assert.equal(await asked, 'browser’s');
    assert.equal(await ports.sessionGiven(), false);
    assert.equal(await bridge.answers(), false);
    assert.equal(await connected(new NativeHost([])).bridge.answers(), true);
  });

  for (const [what, milliseconds, ask, outcome] of [
    ['session', 10_000, ({ session }: Ports) => session().catch(String), /HostSilent: session/],
    ['location', 60_000, ({ location }: Ports) => location.locate(signal), /no-answer/],
    [
      'liveness',
      300_000,
      ({ liveness }: Ports) => liveness.run(transaction, signal),
      /liveness-unavailable/,
    ],
  ] as const) {
    it(`does not wait for ever for ${what}, and tells the host that it has given up`, async () => {
      const { clock, host, ports } = connected(new NativeHost([what]));
      const asked = ask(ports);
      await settled();
      clock.advance(milliseconds - 1);
      await settled();
      assert.ok(!host.types().includes('cancel'));
      clock.advance(1);
      assert.match(JSON.stringify(await asked), outcome);
      assert.equal(host.last('cancel')?.id, host.last(what)?.id);
    });

    it(`an answer of another shape is none, for ${what}`, async () => {
      for (const answer of [null, 7, 'x', {}, { session: 5 }, { ok: true }, { status: 'maybe' }]) {
        const { ports } = connected(new NativeHost([what], { [what]: answer }));
        assert.match(JSON.stringify(await ask(ports)), outcome, JSON.stringify(answer));
      }
    });
  }

  it('a request that is given up ends at once, and its late answer changes nothing', async () => {
    const { host, ports } = connected(new NativeHost(['location']));
    const controller = new AbortController();
    const asked = ports.location.locate(controller.signal);
    await settled();
    controller.abort();
    assert.deepEqual(await asked, { ok: false, reason: 'no-answer' });
    const { id } = host.last('location')!;
    assert.equal(host.last('cancel')?.id, id);
    host.say({ version: 1, type: 'answer', id, payload: place });
  });

  it('answers find their requests in whatever order they come', async () => {
    const { host, ports } = connected(new NativeHost(['session', 'location']));
    const [session, location] = [ports.session(), ports.location.locate(signal)];
    await settled();
    const answer = (type: string, payload: unknown) =>
      host.say({ version: 1, type: 'answer', id: host.last(type)?.id, payload });
    answer('location', place);
    answer('session', { session: 's' });
    assert.deepEqual([await session, await location], ['s', place]);
  });

  it('what is no message of this version is not listened to', async () => {
    const { host, ports, bridge, clock } = connected(new NativeHost(undefined));
    const done: string[] = [];
    bridge.attend({
      open: (screen) => done.push(screen),
      close: () => done.push('close'),
      signOut: () => done.push('sign out'),
      back: () => done.push('back'),
      sessionChanged: () => done.push('session changed'),
    });
    const welcome = { type: 'welcome', payload: { capabilities: ['session'] } };
    for (const nonsense of [
      '',
      'null',
      '{',
      '[]',
      { ...welcome, version: 2 },
      { ...welcome },
      { version: 1, type: 'welcome' },
      { version: 1, type: 'welcome', payload: { capabilities: 'session' } },
      { version: 1, type: 'close', id: 'x' },
      { version: 2, type: 'close' },
      { version: 1, type: 'never-heard-of', payload: {} },
      { version: 1, type: 'open', payload: { screen: 'liveness' } },
      { version: 1, type: 'open' },
      `${JSON.stringify({ version: 1, type: 'close' })}${' '.repeat(20_000)}`,
    ]) {
      host.say(nonsense);
    }
    assert.deepEqual(done, []);
    clock.advance(2000);
    assert.equal(await ports.sessionGiven(), false);
  });

  it('a host can open a screen, close, go back, sign out, and say that the session changed', () => {
    const { host, bridge } = connected(new NativeHost([]));
    const done: string[] = [];
    bridge.attend({
      open: (screen) => done.push(`open ${screen}`),
      close: () => done.push('close'),
      signOut: () => done.push('sign-out'),
      back: () => done.push('back'),
      sessionChanged: () => done.push('session-changed'),
    });
    host.say({ version: 1, type: 'open', payload: { screen: 'records' } });
    const others = ['close', 'sign-out', 'back', 'session-changed'];
    for (const type of others) host.say({ version: 1, type });
    assert.deepEqual(done, ['open records', ...others]);
  });

  it('a screen that is asked for before the component is there is shown when it is; nothing else waits', () => {
    const { host, bridge } = connected(new NativeHost([]));
    for (const screen of ['help', 'records']) {
      host.say({ version: 1, type: 'open', payload: { screen } });
    }
    host.say({ version: 1, type: 'close' });
    const done: string[] = [];
    const commands = {
      open: (screen: string) => done.push(screen),
      close: () => done.push('close'),
      signOut: () => done.push('sign-out'),
      back: () => done.push('back'),
      sessionChanged: () => done.push('session-changed'),
    };
    bridge.attend(commands);
    assert.deepEqual(done, ['records']);
    bridge.attend(commands);
    assert.deepEqual(done, ['records']);
  });

  it('tells the host each event, and to close once the visit has ended', async () => {
    const { host, bridge } = connected(new NativeHost(['close']));
    bridge.tell({ name: 'code-shown' });
    bridge.tell({ name: 'closed', reason: 'finished' });
    await settled();
    assert.deepEqual(
      host.heard.slice(1).map(({ type, payload }) => [type, payload]),
      [
        ['event', { name: 'code-shown' }],
        ['event', { name: 'closed', reason: 'finished' }],
        ['close', { reason: 'finished' }],
      ],
    );
  });

  it('a host that answers a request with an error is not waited for', async () => {
    const host = new NativeHost(['session', 'location']);
    const { ports } = connected(host);
    await settled();
    host.post = () => Promise.reject(new Error('no such request'));
    assert.match(String(await ports.session().catch(String)), /HostSilent: session: not taken/);
    assert.deepEqual(await ports.location.locate(signal), { ok: false, reason: 'no-answer' });
  });

  it('a channel that breaks is as silent as a host that does not answer', async () => {
    const broken = new NativeHost(['session']);
    broken.post = () => {
      throw new Error('gone');
    };
    const { clock, ports } = connected(broken);
    clock.advance(2000);
    assert.equal(await ports.session(), 'browser’s');
  });
});
