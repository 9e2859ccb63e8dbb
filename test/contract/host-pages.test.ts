import { expect } from 'chai';
import type { NativeHost } from '../bridge/native-host.ts';
import { PageSnippets } from '../docs/snippets.ts';
import {
  componentIn,
  headingIn,
  markupOf,
  openPage,
  put,
  sayByScript,
  serve,
  someHost,
  there,
  type HostPage,
} from './host-page.ts';

const index = await (await fetch('/widget/docs/hosts/README.md')).text();
const files = [...index.matchAll(/^\|.*\]\(([\w-]+)\.md\)/gm)].map(([, name]) => `hosts/${name}`);
const documents = new Map<string, PageSnippets>();
for (const file of [...files, 'bridge']) {
  const text = await (await fetch(`/widget/docs/${file}.md`)).text();
  documents.set(file, new PageSnippets(text));
}

const take = (file: string, words: string) => documents.get(file)!.take(words);

/** From hello to the end of the visit, as a host of any kind goes through it. */
async function goesThrough(host: NativeHost, page: HostPage): Promise<void> {
  await there(() => headingIn(page) === '温馨服务');
  await there(() => host.last('session'));
  host.say({ version: 1, type: 'open', payload: { screen: 'help' } });
  await there(() => headingIn(page) === '须知与问答');
  host.say({ version: 1, type: 'back' });
  await there(() => headingIn(page) === '温馨服务');
  host.say({ version: 1, type: 'close' });
  await there(() => host.last('close'));
  expect(host.types()[0]).to.equal('hello');
  expect(host.last('close')?.payload).to.deep.equal({ reason: 'host' });
}

describe('snippets of the hosts’ pages', () => {
  afterEach(() => document.body.replaceChildren());

  it('B5: WKWebView: a handler that replies', async () => {
    const host = someHost();
    const page = await openPage(markupOf(take('hosts/wkwebview', 'findChannel')), (own) => {
      const postMessage = (text: string): Promise<unknown> => {
        let reply: unknown = null;
        host.listen((answer) => (reply = answer));
        host.post(text);
        // What the app says later comes by script.
        host.listen(sayByScript(own));
        return Promise.resolve(reply);
      };
      put(own, 'webkit', { messageHandlers: { boardingId: { postMessage } } });
    });
    await goesThrough(host, page);
  });

  it('B5: Android: an object with a port of its own', async () => {
    const host = someHost();
    const page = await openPage(markupOf(take('hosts/android-webview', 'findChannel')), (own) => {
      const port = Object.assign(new EventTarget(), {
        postMessage: (text: string) => host.post(text),
      });
      host.listen((data) => port.dispatchEvent(new own.MessageEvent('message', { data })));
      put(own, 'boardingIdAndroid', port);
    });
    await goesThrough(host, page);
  });

  for (const name of ['ReactNativeWebView', 'boardingIdFlutter']) {
    it(`B5: ${name}: text out, script in`, async () => {
      const host = someHost();
      const markup = markupOf(take('hosts/react-native-flutter', 'findChannel'));
      const page = await openPage(markup, (own) => {
        host.listen(sayByScript(own));
        put(own, name, { postMessage: (text: string) => host.post(text) });
      });
      await goesThrough(host, page);
    });
  }

  it('B5: React Native, Flutter: what the app’s script does in the page', async () => {
    const host = someHost();
    const file = 'hosts/react-native-flutter';
    const markup = markupOf(take(file, 'findChannel')) + markupOf(take(file, 'dispatchEvent'));
    const page = await openPage(markup, (own) => {
      host.listen(sayByScript(own));
      put(own, 'ReactNativeWebView', { postMessage: (text: string) => host.post(text) });
    });
    await there(() => headingIn(page) === '须知与问答');
  });

  it('B5: WeChat: the session is the page’s own, and done is a navigation', async () => {
    const done: string[] = [];
    let asked: string[] = [];
    const page = await openPage(markupOf(take('hosts/mini-program', 'findChannel')), (own) => {
      asked = serve(own, { '/my-session': () => new Response('', { status: 401 }) });
      put(own, 'wx', {
        miniProgram: {
          postMessage: ({ data }: { data: string }) => done.push(JSON.parse(data).type as string),
          navigateBack: () => done.push('back'),
        },
      });
    });
    await there(() => headingIn(page) === '温馨服务' && asked.length > 0);
    componentIn(page)!.close();
    await there(() => done.includes('back'));
    expect([done[0], ...done.slice(-2)]).to.deep.equal(['hello', 'close', 'back']);
  });

  it('B5: Alipay: messages both ways', async () => {
    const host = someHost();
    const page = await openPage(markupOf(take('hosts/mini-program', 'findChannel')), (own) => {
      const my = {
        postMessage: ({ text }: { text: string }) => host.post(text),
        navigateBack: () => undefined,
        onMessage: (_message: { text: unknown }): void => undefined,
      };
      host.listen((text) => my.onMessage({ text }));
      put(own, 'my', my);
    });
    await goesThrough(host, page);
  });

  for (const file of ['hosts/wkwebview', 'hosts/mini-program']) {
    it(`B5: ${file}: without a host the same page works by itself`, async () => {
      const page = await openPage(markupOf(take(file, 'findChannel')), (own) => {
        serve(own, { '/my-session': () => new Response('', { status: 401 }) });
      });
      await there(() => headingIn(page) === '温馨服务');
      expect(componentIn(page)!.bridge).to.equal(undefined);
    });
  }

  it('B5: an iframe and the page around it, each other’s counterpart', async () => {
    const inner = `<!doctype html><html lang="zh"><body>
      ${markupOf(take('hosts/iframe', 'frameChannel'))}</body></html>`;
    const address = URL.createObjectURL(new Blob([inner], { type: 'text/html' }));
    const around = markupOf(take('hosts/iframe', 'frame.allow'));
    let asked: string[] = [];
    const page = await openPage(around.replace(/`\$\{origin\}\/`/, `'${address}'`), (own) => {
      asked = serve(own, { '/my-session': () => new Response('of the page around') });
    });
    const frame = await there(() => page.document.querySelector('iframe'));
    for (const feature of ['geolocation', 'camera', 'screen-wake-lock', 'fullscreen']) {
      expect(frame.allow).to.include(`${feature} ${location.origin}`);
    }
    const framed = await there(() => frame.contentWindow);
    await there(() => headingIn(framed) === '温馨服务' && asked.length > 0);
    componentIn(framed)!.close();
    await there(() => !frame.isConnected);
    URL.revokeObjectURL(address);
  });

  it('B5: a plain page: the script tag', async () => {
    const page = await openPage(markupOf(take('hosts/plain-page', 'src="boarding-id.bundle')));
    await there(() => headingIn(page) === '温馨服务');
  });

  it('B5: a plain page: by npm, with the session of its own server, until it is left', async () => {
    let asked: string[] = [];
    const page = await openPage(markupOf(take('hosts/plain-page', 'detail.reason')), (own) => {
      asked = serve(own, { '/my-session': () => new Response('', { status: 401 }) });
    });
    await there(() => headingIn(page) === '温馨服务' && asked.length > 0);
    expect(asked[0]).to.equal('GET /my-session');
    componentIn(page)!.close();
    await there(() => page.document.body.dataset['left'] === 'host');
    expect(componentIn(page)).to.equal(null);
  });

  it('R1: a plain page: the tile loads the rest when it is pressed', async () => {
    const page = await openPage(markupOf(take('hosts/plain-page', 'boarding-id-entry-failed')));
    const tile = await there(() => page.document.querySelector('boarding-id-entry'));
    (await there(() => tile.shadowRoot?.querySelector('button'))).click();
    await there(() => headingIn(page) === '温馨服务');
  });

  it('R19: a plain page: signing out is the component’s first, then the app’s', async () => {
    const component = markupOf(take('hosts/plain-page', 'src="boarding-id.bundle'));
    const script = markupOf(take('hosts/plain-page', 'signOut()'));
    const heard: string[] = [];
    let asked: string[] = [];
    const page = await openPage(`${component}<button id="sign-out"></button>${script}`, (own) => {
      asked = serve(own, { '/sign-out': () => (heard.push('app'), new Response()) });
    });
    await there(() => headingIn(page) === '温馨服务');
    const element = componentIn(page)!;
    const signOut = element.signOut.bind(element);
    element.signOut = async () => {
      await signOut();
      heard.push('component');
    };
    page.document.querySelector('button')!.click();
    await there(() => asked.length > 0);
    expect(heard).to.deep.equal(['component', 'app']);
    expect(asked).to.deep.equal(['POST /sign-out']);
  });

  it('B5: a framework: shown with what it is given, told of the end, taken away', async () => {
    const use = `
      window.ends = [];
      window.takeAway = showBoardingId(document.body, {
        issuer: 'http://127.0.0.1:9',
        session: async () => undefined,
        onClosed: (reason) => window.ends.push(reason),
      });`;
    const page = (await openPage(
      markupOf(take('hosts/frameworks', 'showBoardingId'), use),
    )) as HostPage & { ends: string[]; takeAway: () => void };
    await there(() => headingIn(page) === '温馨服务');
    componentIn(page)!.close();
    expect(page.ends).to.deep.equal(['host']);
    page.takeAway();
    expect(componentIn(page)).to.equal(null);
  });

  it('B5: the bridge: a channel of one’s own', async () => {
    const host = someHost();
    const component = markupOf(take('hosts/plain-page', 'src="boarding-id.bundle'));
    const page = await openPage(component + markupOf(take('bridge', 'window.myApp')), (own) => {
      const myApp = {
        receive: (text: string) => host.post(text),
        onText: (_text: unknown): void => undefined,
      };
      host.listen((text) => myApp.onText(text));
      put(own, 'myApp', myApp);
    });
    await goesThrough(host, page);
  });

  it('none is left out', () => {
    expect(files.length).to.be.above(6);
    for (const [file, snippets] of documents) {
      expect(snippets.leftOut(), file).to.deep.equal([]);
    }
  });
});
