import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as after } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startDisplay, type Display } from '../display.ts';
import { deepFind, deepText } from '../journeys/screen.ts';
import { zbarOfDisplay } from '../journeys/qr-readers.ts';

/** What the page has said over the bridge. */
export interface Heard {
  type: string;
  id?: number;
  payload?: Record<string, unknown>;
}

type Line =
  | { heard: Heard }
  | { permission: string }
  | { id: number; value: unknown }
  | { id: number; error: string };

/** The native app of `app.py` on a screen of its own, used by the words in its page. */
export class WebViewApp {
  /** In order. */
  readonly heard: Heard[] = [];
  /** What the page has asked the browser for, by WebKit's names. */
  readonly permissions: string[] = [];
  readonly #app: ChildProcess;
  readonly #display: Display;
  readonly #asked = new Map<number, (line: Line) => void>();
  #lastId = 0;
  /** GTK complains of much that a bare machine has not; it is shown when the app has ended by itself. */
  #complaints = '';

  private constructor(app: ChildProcess, display: Display) {
    this.#app = app;
    this.#display = display;
    app.stderr!.setEncoding('utf8').on('data', (text: string) => (this.#complaints += text));
    createInterface({ input: app.stdout! }).on('line', (text) => this.#take(JSON.parse(text)));
    app.once('close', () => {
      for (const [id, answer] of this.#asked) answer({ id, error: this.#hasEnded });
    });
  }

  /**
   * @param address of the page
   * @param session what the app answers when it is asked who is signed in; nobody without it
   */
  static async start(address: string, session?: string): Promise<WebViewApp> {
    const display = await startDisplay('390x844');
    const script = fileURLToPath(new URL('app.py', import.meta.url));
    const app = spawn('/usr/bin/python3', [script, address, ...(session ? [session] : [])], {
      stdio: 'pipe',
      env: {
        ...process.env,
        DISPLAY: display.name,
        // WebKit's sandbox needs namespaces, which a container may not give; the page is ours.
        WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
      },
    });
    return new WebViewApp(app, display);
  }

  async press(words: string): Promise<void> {
    await this.#act('button, summary', words, 'element.click()');
  }

  async tick(label: string): Promise<void> {
    await this.#act('input[type=checkbox]', label, 'element.click()');
  }

  async fill(label: string, text: string): Promise<void> {
    const typed = `element.value = ${JSON.stringify(text)}`;
    const told = `element.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }))`;
    await this.#act('input', label, `(${typed}, ${told})`);
  }

  /** Waits until the words stand somewhere in the page. */
  async sees(words: string): Promise<void> {
    await this.#until(words, async () => (await this.text()).includes(words));
  }

  /** Everything that can be read, through all shadow roots. */
  async text(): Promise<string> {
    return (await this.evaluate(`(${deepText})(document.body)`)) as string;
  }

  /** @throws when the page does */
  async evaluate(script: string): Promise<unknown> {
    if (this.#app.exitCode !== null) throw new Error(this.#hasEnded);
    const id = ++this.#lastId;
    const answer = new Promise<Line>((resolve) => this.#asked.set(id, resolve));
    this.#app.stdin!.write(`${JSON.stringify({ id, script })}\n`);
    const line = await answer;
    if ('error' in line) throw new Error(line.error);
    return 'value' in line ? line.value : undefined;
  }

  /** Reads the one code that stands on the screen, off its pixels. */
  async readCode(): Promise<string> {
    let read: string[] = [];
    await this.#until('one QR code', async () => {
      read = await zbarOfDisplay(this.#display.picture());
      return read.length === 1;
    });
    return read[0]!;
  }

  /** Waits until the app has heard a message of this type. */
  async hears(type: string): Promise<Heard> {
    const found = (): Heard | undefined => this.heard.find((message) => message.type === type);
    await this.#until(`a message ${type}`, async () => found() !== undefined);
    return found()!;
  }

  /** Ends app and screen. */
  async stop(): Promise<void> {
    const ended = once(this.#app, 'exit');
    if (this.#app.exitCode === null) {
      this.#app.stdin!.end();
      await ended;
    }
    await this.#display.stop();
  }

  #take(line: Line): void {
    if ('heard' in line) this.heard.push(line.heard);
    else if ('permission' in line) this.permissions.push(line.permission);
    else this.#asked.get(line.id)?.(line);
  }

  get #hasEnded(): string {
    return `The app has ended. It needs Debian’s python3-gi, gir1.2-gtk-4.0 and gir1.2-webkit-6.0. It said:
${this.#complaints}`;
  }

  async #act(selector: string, words: string, act: string): Promise<void> {
    const find = `(${deepFind})(document, ${JSON.stringify(selector)}, ${JSON.stringify(words)})`;
    const script = `((element) => element && (${act}, true))(${find})`;
    await this.#until(`${selector} “${words}”`, async () => (await this.evaluate(script)) === true);
  }

  async #until(what: string, holds: () => Promise<boolean>): Promise<void> {
    const deadline = Date.now() + 30_000;
    while (!(await holds())) {
      if (Date.now() > deadline) {
        throw new Error(`Not there: ${what}. The screen shows:\n${await this.text()}`);
      }
      await after(100);
    }
  }
}
