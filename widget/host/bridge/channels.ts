/** A way for text to reach a native host and to come back. One adapter of a few lines each. */
export interface Channel {
  /** Sends; a host that answers in the same breath answers with text. May throw. */
  post: (text: string) => unknown;
  /** Hears what the host sends by itself, for as long as the page lives. */
  listen: (receive: (text: unknown) => void) => void;
}

/** What a host's page may hold; each is absent where the host is another. */
export interface HostWindow extends EventTarget {
  webkit?: {
    messageHandlers?: { boardingId?: { postMessage: (text: string) => unknown } };
  };
  /** By `addWebMessageListener`, under this very name. */
  boardingIdAndroid?: EventTarget & { postMessage: (text: string) => void };
  ReactNativeWebView?: { postMessage: (text: string) => void };
  /** By a Flutter `JavaScriptChannel`, under this very name. */
  boardingIdFlutter?: { postMessage: (text: string) => void };
  wx?: {
    miniProgram?: {
      postMessage: (message: { data: unknown }) => void;
      navigateBack: () => void;
    };
  };
  /** Of Alipay; its page script is asked to hear by being given a function. */
  my?: {
    postMessage: (message: { text: string }) => void;
    navigateBack: () => void;
    onMessage?: (message: { text?: unknown }) => void;
  };
}

/** How a host that can only run script in the page speaks to it. */
export const hostMessage = 'boarding-id-host-message';

const hear =
  (target: EventTarget, type: string): Channel['listen'] =>
  (receive) =>
    target.addEventListener(type, (event) => receive((event as MessageEvent).data));

/** WKWebView and WebKitGTK: a script message handler named `boardingId`, with reply or without. */
export function webKitChannel(page: HostWindow): Channel | undefined {
  const handler = page.webkit?.messageHandlers?.boardingId;
  return (
    handler && {
      post: (text) => handler.postMessage(text),
      listen: hear(page, hostMessage),
    }
  );
}

/** Android: `WebViewCompat.addWebMessageListener(view, "boardingIdAndroid", origins, …)`. */
export function androidChannel({ boardingIdAndroid: port }: HostWindow): Channel | undefined {
  return port && { post: (text) => port.postMessage(text), listen: hear(port, 'message') };
}

/** React Native and Flutter: text out, script in. */
export function stringChannel(page: HostWindow): Channel | undefined {
  const port = page.ReactNativeWebView ?? page.boardingIdFlutter;
  return port && { post: (text) => port.postMessage(text), listen: hear(page, hostMessage) };
}

/**
 * WeChat's mini-program web-view: what is posted arrives only when the page is left, and nothing ever comes
 * back. So the host can do one thing, close, and that is a navigation.
 */
export function miniProgramChannel({ wx }: HostWindow): Channel | undefined {
  const program = wx?.miniProgram;
  return (
    program && {
      post: (text) => {
        program.postMessage({ data: text });
        if ((JSON.parse(text) as { type: string }).type === 'close') program.navigateBack();
      },
      listen: (receive) => {
        receive(
          JSON.stringify({ version: 1, type: 'welcome', payload: { capabilities: ['close'] } }),
        );
      },
    }
  );
}

/** Alipay's mini-program web-view brings messages at once, both ways; the page has to speak first. */
export function alipayChannel({ my }: HostWindow): Channel | undefined {
  // A frame of that name could be spoken to as well, but leads nowhere back.
  if (!my?.navigateBack) return undefined;
  return {
    post: (text) => my.postMessage({ text }),
    listen: (receive) => {
      my.onMessage = ({ text }) => receive(text);
    },
  };
}

/**
 * An iframe: the page around it is asked for a `MessagePort`, and answers no other origin than its own
 * and hears no other than this one.
 *
 * @param origin of the page around, exactly; `*` is refused
 * @throws TypeError for what is no origin
 */
export function frameChannel(page: Window, origin: string): Channel {
  if (new URL(origin).origin !== origin) throw new TypeError(`${origin} is no origin`);
  const { port1, port2 } = new MessageChannel();
  port1.start();
  page.parent.postMessage(hostMessage, origin, [port2]);
  return { post: (text) => port1.postMessage(text), listen: hear(port1, 'message') };
}

/** The channel of the host that this page is in, if it is in one. Never a frame: its host has a name. */
export const findChannel = (page: HostWindow = window): Channel | undefined =>
  webKitChannel(page) ??
  androidChannel(page) ??
  stringChannel(page) ??
  miniProgramChannel(page) ??
  alipayChannel(page);
