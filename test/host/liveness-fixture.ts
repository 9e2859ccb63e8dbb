import type { LivenessAnswer } from '../../widget/flow/ports.ts';
import { createBrowserCamera, type BrowserCameraOptions } from '../../widget/host/camera.ts';
import { createLivenessStub } from '../../widget/host/liveness-stub.ts';
import type { Platform } from '../../widget/flow/state.ts';
import type { Dictionary } from '../../widget/locales/index.ts';
import type { LivenessTransaction } from '../../widget/protocol/messages/holder.ts';

export const transaction: LivenessTransaction = {
  provider: 'https://issuer.example/mock/liveness/t',
  purpose: 'apply',
  nonce: 'n',
  expiresAt: 0,
  attempts: 3,
  prompts: ['blink', 'turn-left', 'nod'],
};

/** The browser's fake camera, unless another one is put before it; knows every stream it gave. */
export class Devices {
  readonly opened: MediaStream[] = [];
  /** Where those listen who wait for a track to end. */
  readonly #ends = new EventTarget();
  /** What the coming calls do instead, in their order. */
  readonly instead: (() => Promise<MediaStream>)[] = [];

  readonly getUserMedia = async (): Promise<MediaStream> => {
    const open = this.instead.shift() ?? lightCamera;
    const stream = await open();
    this.opened.push(stream);
    this.track.addEventListener = this.#ends.addEventListener.bind(this.#ends);
    return stream;
  };

  /** As when it is unplugged. Firefox hands on no such event that it did not make itself. */
  end(): void {
    this.#ends.dispatchEvent(new Event('ended'));
  }

  refuse(name: string): void {
    this.instead.push(async () => {
      throw new DOMException('', name);
    });
  }

  /** The track of the camera that was opened last. */
  get track(): MediaStreamTrack {
    return this.opened.at(-1)!.getVideoTracks()[0]!;
  }

  get areOff(): boolean {
    const tracks = this.opened.flatMap((stream) => stream.getTracks());
    return tracks.every(({ readyState }) => readyState === 'ended');
  }
}

/** WebKit's fake camera at the front shows next to nothing but black; that at the back does not. */
const lightCamera = (): Promise<MediaStream> =>
  navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });

/** A camera that works and shows one colour at a time. */
export function paintableCamera() {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d')!;
  const paint = (colour: string) => {
    context.fillStyle = colour;
    context.fillRect(0, 0, canvas.width, canvas.height);
  };
  paint('#000');
  return { stream: canvas.captureStream(30), paint };
}

export function paintedCamera(colour: string): MediaStream {
  const { stream, paint } = paintableCamera();
  paint(colour);
  return stream;
}

export const permission = (state: PermissionState) => async (): Promise<PermissionState> => state;

/** Time as the browser gives it, except that a look at the picture follows the last at once. */
export function afterQuickly(milliseconds: number, callback: () => void): () => void {
  const timer = setTimeout(callback, milliseconds < 1000 ? 0 : milliseconds);
  return () => clearTimeout(timer);
}

export interface StageOptions {
  camera?: Partial<BrowserCameraOptions>;
  platform?: Platform;
}

/** The stub on a stage inside a shadow root, as the screen hands it over. */
export class Stage {
  readonly devices = new Devices();
  readonly sent: Request[] = [];
  readonly replies: (Response | Error)[] = [];
  readonly controller = new AbortController();
  readonly host = document.createElement('div');
  readonly container = document.createElement('section');
  /** A page of its own, so that it can be hidden. */
  readonly #frame = document.createElement('iframe');
  readonly stub;
  answer: Promise<LivenessAnswer> | undefined;

  constructor({ camera, platform = 'desktop' }: StageOptions = {}) {
    this.host.attachShadow({ mode: 'open' }).append(this.container);
    document.body.append(this.host, this.#frame);
    this.#frame.hidden = true;
    this.stub = createLivenessStub({
      send: async (request) => {
        this.sent.push(request);
        const reply = this.replies.shift();
        if (!reply || reply instanceof Error) throw reply ?? new Error('no reply');
        return reply;
      },
      camera: createBrowserCamera({
        mediaDevices: this.devices,
        permission: permission('granted'),
        withheld: async () => false,
        secureContext: true,
        after: afterQuickly,
        ...camera,
      }),
      platform,
      page: this.page,
    });
  }

  get page(): Window {
    return this.#frame.contentWindow!;
  }

  begin(language: 'zh' | 'en' = 'zh'): void {
    this.answer = this.stub.run(transaction, this.controller.signal);
    this.stub.attach(this.container, language);
  }

  /** Another app comes to the front, or goes from there. */
  setHidden(hidden: boolean): void {
    const { document: inFrame } = this.page;
    const value = hidden ? 'hidden' : 'visible';
    Object.defineProperty(inFrame, 'visibilityState', { value, configurable: true });
    inFrame.dispatchEvent(new Event('visibilitychange'));
  }

  get buttons(): string[] {
    return [...this.container.querySelectorAll('button')].map(({ textContent }) => textContent);
  }

  press(label: string): void {
    const buttons = [...this.container.querySelectorAll('button')];
    const button = buttons.find(({ textContent }) => textContent === label);
    if (!button) throw new Error(`no button ${label} in: ${this.container.textContent}`);
    button.click();
  }

  /** Resolves when the stage shows a text. */
  shows(text: string): Promise<void> {
    const isThere = () => this.container.textContent.includes(text);
    if (isThere()) return Promise.resolve();
    return new Promise((resolve) => {
      const observer = new MutationObserver(() => {
        if (!isThere()) return;
        observer.disconnect();
        resolve();
      });
      observer.observe(this.container, { childList: true, subtree: true, characterData: true });
    });
  }

  async goThrough(texts: Dictionary): Promise<void> {
    const t = texts.livenessStub;
    for (const prompt of transaction.prompts) {
      await this.shows(t.prompts[prompt]);
      this.press(t.next);
    }
  }

  remove(): void {
    this.controller.abort();
    this.stub.detach();
    this.host.remove();
    this.#frame.remove();
  }
}
