import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  alipayChannel,
  androidChannel,
  findChannel,
  frameChannel,
  hostMessage,
  miniProgramChannel,
  stringChannel,
  webKitChannel,
  type Channel,
  type HostWindow,
} from '../../widget/host/bridge/channels.ts';

/** A page with what its host has put there. */
const page = (given: Omit<HostWindow, keyof EventTarget>): HostWindow =>
  Object.assign(new EventTarget(), given);

const says = (target: EventTarget, type: string, data: unknown): void => {
  target.dispatchEvent(Object.assign(new Event(type), { data }));
};

function heardOn(channel: Channel): unknown[] {
  const heard: unknown[] = [];
  channel.listen((text) => heard.push(text));
  return heard;
}

describe('B5: channels', () => {
  it('a page without a host has none', () => {
    const none = [
      webKitChannel,
      androidChannel,
      stringChannel,
      miniProgramChannel,
      alipayChannel,
      findChannel,
    ];
    for (const channel of none) assert.equal(channel(page({})), undefined);
    assert.equal(findChannel(page({ webkit: { messageHandlers: {} } })), undefined);
  });

  it('WKWebView: the handler’s reply is the answer, and script brings the rest', async () => {
    const posted: string[] = [];
    const postMessage = async (text: string) => {
      posted.push(text);
      return 'reply';
    };
    const here = page({ webkit: { messageHandlers: { boardingId: { postMessage } } } });
    const channel = findChannel(here)!;
    const heard = heardOn(channel);
    assert.equal(await channel.post('out'), 'reply');
    says(here, hostMessage, 'in');
    assert.deepEqual([posted, heard], [['out'], ['in']]);
  });

  it('Android: the injected object is a port of its own', () => {
    const posted: string[] = [];
    const port = Object.assign(new EventTarget(), {
      postMessage: (text: string) => void posted.push(text),
    });
    const here = page({ boardingIdAndroid: port });
    const channel = findChannel(here)!;
    const heard = heardOn(channel);
    channel.post('out');
    says(port, 'message', 'in');
    says(here, 'message', 'of the page, not of the host');
    assert.deepEqual([posted, heard], [['out'], ['in']]);
  });

  for (const name of ['ReactNativeWebView', 'boardingIdFlutter'] as const) {
    it(`${name}: text out, script in`, () => {
      const posted: string[] = [];
      const here = page({ [name]: { postMessage: (text: string) => void posted.push(text) } });
      const channel = findChannel(here)!;
      const heard = heardOn(channel);
      channel.post('out');
      says(here, hostMessage, 'in');
      assert.deepEqual([posted, heard], [['out'], ['in']]);
    });
  }

  it('a mini-program can only be left: it welcomes itself, and close is a navigation', () => {
    const done: unknown[] = [];
    const channel = findChannel(
      page({
        wx: {
          miniProgram: {
            postMessage: ({ data }) => done.push(data),
            navigateBack: () => done.push('back'),
          },
        },
      }),
    )!;
    const heard = heardOn(channel);
    assert.deepEqual(JSON.parse(String(heard[0])), {
      version: 1,
      type: 'welcome',
      payload: { capabilities: ['close'] },
    });
    channel.post('{"version":1,"type":"event"}');
    channel.post('{"version":1,"type":"close"}');
    assert.deepEqual(done.at(-1), 'back');
    assert.equal(done.length, 3);
  });

  it('Alipay: messages both ways, at once', () => {
    const posted: string[] = [];
    const my: NonNullable<HostWindow['my']> = {
      postMessage: ({ text }) => void posted.push(text),
      navigateBack: () => assert.fail('the mini-program goes back by itself'),
    };
    const channel = findChannel(page({ my }))!;
    const heard = heardOn(channel);
    channel.post('{"version":1,"type":"close"}');
    my.onMessage?.({ text: 'in' });
    assert.deepEqual([posted, heard], [['{"version":1,"type":"close"}'], ['in']]);
  });

  it('a frame that happens to be called my is not taken for Alipay', () => {
    const my = { postMessage: () => assert.fail('nobody is spoken to') };
    assert.equal(findChannel(page({ my: my as unknown as HostWindow['my'] & object })), undefined);
  });

  it('a frame asks one origin, exactly, for a port', async () => {
    const asked: unknown[][] = [];
    const parent = { postMessage: (...given: unknown[]) => asked.push(given) };
    const channel = frameChannel({ parent } as unknown as Window, 'https://tickets.example');
    const [message, origin, [port]] = asked[0] as [string, string, [MessagePort]];
    assert.deepEqual([message, origin], [hostMessage, 'https://tickets.example']);
    const heard = new Promise((resolve) => channel.listen(resolve));
    port.postMessage('in');
    assert.equal(await heard, 'in');
    const out = new Promise((resolve) => {
      port.addEventListener('message', ({ data }) => resolve(data));
      port.start();
    });
    channel.post('out');
    assert.equal(await out, 'out');
    port.close();
  });

  it('a frame refuses what is no origin', () => {
    const here = { parent: { postMessage: () => assert.fail('nobody is asked') } };
    for (const origin of ['*', '/', '', 'tickets.example', 'https://tickets.example/']) {
      assert.throws(() => frameChannel(here as unknown as Window, origin), TypeError, origin);
    }
  });
});
