import type { BrowserLauncher } from '@web/test-runner-core';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as after } from 'node:timers/promises';
import { startDisplay } from './display.ts';
import { freePort } from './journeys/running-mock.ts';

/**
 * Runs component tests in WebKitGTK's browser, one page at a time. Of WebDriver this needs five requests
 * of JSON; the client that the test runner has for it comes with 150 packages.
 */
export class WebKitLauncher implements BrowserLauncher {
  readonly name = 'WebKit';
  /** So the runner's own `sendKeys` finds the method of that name. */
  readonly type = 'webdriver';
  readonly concurrency = 1;
  readonly #driver: string;
  readonly #ends: (() => Promise<unknown>)[] = [];
  #base = '';
  #starting: Promise<void> | undefined;
  #stopping: Promise<void> | undefined;
  #active: { id: string; url: string } | undefined;

  /** @param driver path of WebKitWebDriver */
  constructor(driver: string) {
    this.#driver = driver;
  }

  async startSession(id: string, url: string): Promise<void> {
    this.#starting ??= this.#start();
    await this.#starting;
    this.#active = { id, url };
    await this.#post('/url', { url });
  }

  async stopSession(): Promise<object> {
    await this.#post('/url', { url: 'about:blank' });
    this.#active = undefined;
    return {};
  }

  isActive(id: string): boolean {
    return this.#active?.id === id;
  }

  getBrowserUrl(): string | undefined {
    return this.#active?.url;
  }

  startDebugSession(): Promise<void> {
    throw new Error('WebKit has no debug session.');
  }

  /** Presses and lets go, one key after the other: characters, or names as `KeyboardEvent.key` has them. */
  async sendKeys(_id: string, keys: readonly string[]): Promise<void> {
    const actions = keys
      .map((key) => codes[key] ?? key)
      .flatMap((value) => ['keyDown', 'keyUp'].map((type) => ({ type, value })));
    await this.#post('/actions', { actions: [{ type: 'key', id: 'keyboard', actions }] });
  }

  /** Ends the browser, its driver and its screen. */
  stop(): Promise<void> {
    this.#stopping ??= this.#end();
    return this.#stopping;
  }

  async #end(): Promise<void> {
    for (const end of this.#ends.toReversed()) await end();
  }

  async #start(): Promise<void> {
    const display = await startDisplay();
    this.#ends.push(display.stop);
    const port = await freePort();
    const driver = spawn(this.#driver, [`--port=${port}`], {
      stdio: 'ignore',
      env: { ...process.env, DISPLAY: display.name },
    });
    const ended = once(driver, 'exit');
    process.once('exit', () => driver.kill());
    this.#ends.push(() => {
      driver.kill();
      return ended;
    });
    const root = `http://127.0.0.1:${port}`;
    // It prints nothing when it can be called.
    while (!(await fetch(`${root}/status`).catch(() => undefined))?.ok) {
      if (driver.exitCode !== null) throw new Error(`${this.#driver} ended.`);
      await after(50);
    }
    this.#base = `${root}/session`;
    const { sessionId } = await this.#post<{ sessionId: string }>('', { capabilities });
    this.#base += `/${sessionId}`;
    this.#ends.push(() => fetch(this.#base, { method: 'DELETE' }));
    // The page as large as in Chromium, and the browser's bar above it.
    await this.#post('/window/rect', { width: 800, height: 638 });
  }

  async #post<Value>(path: string, body: unknown): Promise<Value> {
    const response = await fetch(this.#base + path, { method: 'POST', body: JSON.stringify(body) });
    const { value } = (await response.json()) as { value: Value };
    if (!response.ok) throw new Error(`WebDriver ${path}: ${JSON.stringify(value)}`);
    return value;
  }
}

const capabilities = {
  alwaysMatch: {
    // A page is there for the runner as soon as it begins to load.
    pageLoadStrategy: 'none',
    'webkitgtk:browserOptions': {
      args: ['--automation', '--enable-media-stream=true', '--enable-mock-capture-devices=true'],
    },
  },
};

/** As WebDriver numbers the keys that are no characters. */
const codes: Record<string, string> = {
  Tab: '\uE004',
  Enter: '\uE007',
  Escape: '\uE00C',
};
