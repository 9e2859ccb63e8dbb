import { html, nothing, render } from 'lit';
import { startCamera } from './camera.ts';
import { writePost, type Post, type Stations, type Trains } from './configuration.ts';
import type { Display } from './display.ts';
import type { Gate } from './gate.ts';
import type { ReadPicture } from './image-reader.ts';
import type { GateClock } from './clock.ts';
import type { Lists } from './lists.ts';
import type { Signal } from './signals.ts';
import { listsView } from './lists-view.ts';
import { postView, stationName } from './post-view.ts';
import { scanView, type ScanScene } from './scan-view.ts';
import { en } from './texts-en.ts';
import { zh } from './texts-zh.ts';
import { verdictView } from './verdict-view.ts';
import { wedge } from './wedge.ts';

export interface PagePorts {
  gate: Gate;
  lists: Lists;
  clock: GateClock;
  openCamera: () => Promise<MediaStream>;
  read: ReadPicture;
  after: (milliseconds: number, callback: () => void) => () => void;
  signal: Signal;
  mock: boolean;
  stations: Stations;
  trains: Trains;
  /** Keeps the post where a reload finds it. */
  keep: (query: URLSearchParams) => void;
}

/** Draws the gate into `root` and hands it what is read there. */
export class GatePage {
  readonly #root: HTMLElement;
  readonly #ports: PagePorts;
  readonly #typed = wedge();
  #camera: ScanScene['camera'] = 'off';
  #stopCamera = (): void => {};
  #readFailure: ScanScene['readFailure'];
  #focusBefore: Element | null = null;
  #signalled: Display | undefined;

  constructor(root: HTMLElement, ports: PagePorts) {
    this.#root = root;
    this.#ports = ports;
  }

  /** Draws until the signal aborts. */
  start(signal: AbortSignal): void {
    const stopListening = this.#ports.gate.subscribe(() => {
      this.#signal();
      this.draw();
    });
    document.addEventListener('keydown', (event) => this.#keyTyped(event), {
      capture: true,
      signal,
    });
    signal.addEventListener('abort', () => {
      stopListening();
      this.#stopCamera();
    });
    this.draw();
  }

  /** Draws once; ages of lists want it from time to time. */
  draw(): void {
    const { gate, lists, clock, mock, stations, trains } = this.#ports;
    const { state } = gate;
    const { post, display } = state;
    const texts = post.language === 'zh' ? zh : en;
    this.#describeDocument(post, texts.title);
    // Whatever had the focus loses it while the verdict covers it, and has it again afterwards.
    if (display && !this.#focusBefore) this.#focusBefore = document.activeElement;
    render(
      html`
        <div class="page" ?inert=${display !== undefined}>
          <header>
            <div>
              <h1>${texts.title}</h1>
              <p class="where">
                ${stationName(stations, post.station, post.language)} ·
                ${texts.purposes[post.purpose]} · ${texts.lane} ${post.lane}
                ${post.train ? html`· ${post.train}` : nothing}
              </p>
            </div>
            <p class="connection" data-connection=${state.connection} role="status">
              ${texts.connections[state.connection]}
            </p>
            ${mock ? html`<p class="mock">${texts.mock}</p>` : nothing}
            <button
              class="quiet"
              lang=${post.language === 'zh' ? 'en' : 'zh-CN'}
              @click=${() => this.#choose({ language: post.language === 'zh' ? 'en' : 'zh' })}
            >
              ${texts.otherLanguage}
            </button>
          </header>
          <main>
            ${scanView({
              camera: this.#camera,
              judging: state.judging,
              readFailure: this.#readFailure,
              texts,
              toggleCamera: () => void this.#toggleCamera(),
              readFile: (file) => void this.#readFile(file),
              judge: (text) => this.#judge(text),
            })}
            <div class="side">
              ${postView({
                post,
                stations,
                trains,
                texts,
                choose: (change) => this.#choose(change),
              })}
              ${listsView({
                state,
                now: clock.now(),
                leewaySeconds: lists.policy.gateLeewaySeconds,
                texts,
                refresh: () => void gate.refresh(),
              })}
            </div>
          </main>
        </div>
        ${
          display
            ? verdictView({ display, post, stations, texts, dismiss: () => gate.dismiss() })
            : nothing
        }
      `,
      this.#root,
    );
    if (!display && this.#focusBefore) {
      if (this.#focusBefore instanceof HTMLElement) this.#focusBefore.focus();
      this.#focusBefore = null;
    }
  }

  /** Each verdict once, where sound is wanted. */
  #signal(): void {
    const { display, post } = this.#ports.gate.state;
    if (display && display !== this.#signalled && post.sound) this.#ports.signal(display.kind);
    this.#signalled = display;
  }

  #describeDocument({ language }: Post, title: string): void {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en';
    document.title = title;
  }

  #choose(change: Partial<Post>): void {
    const { gate, keep } = this.#ports;
    void gate.choose(change);
    keep(writePost(gate.state.post));
  }

  #judge(text: string): void {
    this.#readFailure = undefined;
    void this.#ports.gate.judge(text);
  }

  async #toggleCamera(): Promise<void> {
    const video = this.#root.querySelector('video');
    if (!video) return;
    if (this.#camera === 'on') {
      this.#stopCamera();
      this.#camera = 'off';
    } else {
      const started = await startCamera(video, {
        open: this.#ports.openCamera,
        read: this.#ports.read,
        found: (text) => this.#judge(text),
        lost: () => {
          this.#camera = 'busy';
          this.draw();
        },
        now: () => performance.now(),
        after: this.#ports.after,
      });
      this.#camera = started.ok ? 'on' : started.failure;
      if (started.ok) this.#stopCamera = started.stop;
    }
    this.draw();
  }

  async #readFile(file: File): Promise<void> {
    this.#readFailure = undefined;
    try {
      const picture = await createImageBitmap(file);
      const [text, another] = await this.#ports.read(picture);
      picture.close();
      if (text !== undefined && another === undefined) return this.#judge(text);
      this.#readFailure = text === undefined ? 'noCodeInFile' : 'manyCodesInFile';
    } catch {
      this.#readFailure = 'noImage';
    }
    this.draw();
  }

  /** Keys typed into a field are that field's; everywhere else they may be a scanner's. */
  #keyTyped(event: KeyboardEvent): void {
    const { target, key, timeStamp } = event;
    if (target instanceof HTMLInputElement || target instanceof HTMLSelectElement) return;
    const text = this.#typed(key, timeStamp);
    if (text === undefined) return;
    // The scanner's Enter must not press the button that happens to have the focus.
    event.preventDefault();
    this.#judge(text);
  }
}
