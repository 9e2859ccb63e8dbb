import type { Alarms, Notifications, Permissions, Runtime } from 'webextension-polyfill';
import { startBackground, type BackgroundBrowser } from '../../extension/background/background.ts';
import type { Options } from '../../extension/stored-options.ts';
import { defaultOptions } from '../../extension/stored-options.ts';
import type { ProofTimes } from '../../extension/stored-times.ts';
import { FakeEvent } from './fake-event.ts';
import { FakeStorage } from './fake-storage.ts';

interface Button {
  text: string;
  title: string;
  ground?: unknown;
  letters?: unknown;
}

/**
 * A browser as the background sees it, whose clock is moved by hand. Its worker never lives longer than
 * for one event: whatever is not stored is forgotten.
 */
export class FakeBrowser {
  /** This clock, milliseconds since the epoch. */
  now: number;
  language = 'zh-CN';
  readonly storage = new FakeStorage();
  readonly alarms = new Map<string, number>();
  /** On the screen now. */
  readonly notices = new Map<string, Notifications.CreateNotificationOptions>();
  /** All that have ever been shown, in their order. */
  readonly shown: string[] = [];
  readonly tabs: string[] = [];
  /** Messages that were sent, and what a surface answers. */
  readonly sent: unknown[] = [];
  surface: (message: unknown) => unknown = () => undefined;
  readonly button: Button = { text: '', title: '' };
  /** The worker stays alive from one event to the next. */
  staysAwake = false;
  /** The system shows no notification at all. */
  isMute = false;

  #allowed = false;
  #looks: Promise<void> = Promise.resolve();
  readonly #onAlarm = new FakeEvent<[Alarms.Alarm]>();
  readonly #onClicked = new FakeEvent<[string]>();
  readonly #onAdded = new FakeEvent<[Permissions.Permissions]>();
  readonly #onRemoved = new FakeEvent<[Permissions.Permissions]>();
  readonly #onStartup = new FakeEvent();
  readonly #onInstalled = new FakeEvent<[Runtime.OnInstalledDetailsType]>();

  constructor(now: number) {
    this.now = now;
  }

  /** As `browser` is: the part for notifications comes and goes with the permission. */
  get api(): BackgroundBrowser {
    const allowed = (): boolean => this.#allowed;
    const notifications = this.#notifications;
    return {
      action: {
        setBadgeText: async ({ text }) => void (this.button.text = text ?? ''),
        setTitle: async ({ title }) => void (this.button.title = title ?? ''),
        setBadgeBackgroundColor: async ({ color }) => void (this.button.ground = color),
        setBadgeTextColor: async ({ color }) => void (this.button.letters = color),
      },
      alarms: {
        create: async (...given: unknown[]) => {
          const [name, { when }] = given as [string, { when: number }];
          this.alarms.set(name, when);
        },
        clear: async (name = '') => this.alarms.delete(name),
        getAll: async () =>
          [...this.alarms].map(([name, scheduledTime]) => ({ name, scheduledTime })),
        onAlarm: this.#onAlarm,
      },
      i18n: { getUILanguage: () => this.language },
      get notifications() {
        return (allowed() ? notifications : undefined)!;
      },
      permissions: {
        contains: async () => this.#allowed,
        onAdded: this.#onAdded,
        onRemoved: this.#onRemoved,
      },
      runtime: {
        getURL: (path) => `extension:/${path}`,
        sendMessage: async (message: unknown) => {
          this.sent.push(message);
          const answer = await this.surface(message);
          if (answer === undefined) throw new Error('Receiving end does not exist.');
          return answer;
        },
        onMessage: new FakeEvent<never>(),
        onStartup: this.#onStartup,
        onInstalled: this.#onInstalled,
      },
      storage: { local: this.storage.area },
      tabs: {
        create: async ({ url }) => {
          this.tabs.push(String(url));
          return {} as never;
        },
      },
    };
  }

  get #notifications(): NonNullable<BackgroundBrowser['notifications']> {
    return {
      create: async (...given: unknown[]) => {
        const [id, options] = given as [string, Notifications.CreateNotificationOptions];
        if (this.isMute) throw new Error('Unable to show it.');
        this.notices.set(id, options);
        this.shown.push(id);
        return id;
      },
      clear: async (id) => this.notices.delete(id),
      onClicked: this.#onClicked,
    };
  }

  /** Everything under way has been done. */
  async settled(): Promise<void> {
    let last: unknown;
    while (last !== this.#looks) {
      last = this.#looks;
      await last;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** Starts the worker, gives it an event in its first turn, and kills it, unless it stays awake. */
  async wake(event: () => unknown = () => undefined): Promise<void> {
    if (!this.#onStartup.hasListeners()) this.#start();
    event();
    await this.settled();
    if (!this.staysAwake) this.#kill();
  }

  #start(): void {
    const request = async (_: string, callback: () => Promise<unknown>): Promise<void> => {
      const before = this.#looks;
      const { promise, done } = pending();
      this.#looks = promise;
      await before;
      try {
        await callback();
      } finally {
        done();
      }
    };
    startBackground(this.api, () => this.now, { request } as Pick<LockManager, 'request'>);
  }

  #kill(): void {
    for (const event of this.#events) event.forget();
  }

  get #events(): FakeEvent<never>[] {
    return [
      this.#onAlarm,
      this.#onClicked,
      this.#onAdded,
      this.#onRemoved,
      this.#onStartup,
      this.#onInstalled,
      this.storage.onChanged,
    ] as unknown as FakeEvent<never>[];
  }

  /** What it listens to in the first turn of its life, before anything has been awaited. */
  listensAtOnce(): boolean[] {
    this.#start();
    const listens = this.#events.map((event) => event.hasListeners());
    this.#kill();
    return listens;
  }

  readonly setTimes = (times: ProofTimes | undefined): Promise<void> =>
    this.#change('times', times);

  readonly setOptions = (changed: Partial<Options>): Promise<void> =>
    this.#change('options', { ...defaultOptions, ...changed });

  /** Some surface stores something. */
  #change(key: string, value: unknown): Promise<void> {
    const { area } = this.storage;
    return this.wake(
      () => void (value === undefined ? area.remove(key) : area.set({ [key]: value })),
    );
  }

  allow(): Promise<void> {
    return this.wake(() => {
      this.#allowed = true;
      this.#onAdded.fire({ permissions: ['notifications'] });
    });
  }

  forbid(): Promise<void> {
    return this.wake(() => {
      this.#allowed = false;
      this.#onRemoved.fire({ permissions: ['notifications'] });
    });
  }

  /** Allows them and, with the same worker still alive, has one clicked. */
  async allowAndClick(id: string): Promise<void> {
    await this.wake(() => {
      this.#allowed = true;
      this.#onAdded.fire({ permissions: ['notifications'] });
      this.#onClicked.fire(id);
    });
  }

  click(id: string): Promise<void> {
    return this.wake(() => this.#onClicked.fire(id));
  }

  install(reason: Runtime.OnInstalledReason): Promise<void> {
    return this.wake(() => this.#onInstalled.fire({ reason, temporary: false }));
  }

  /** Goes on to an instant; alarms ring in their order and at their time. */
  async goTo(instant: number): Promise<void> {
    for (let rung = 0; ; rung++) {
      if (rung > 200) throw new Error('Alarms ring without end.');
      const [first] = [...this.alarms].sort(([, a], [, b]) => a - b);
      if (!first || first[1] > instant) break;
      this.now = Math.max(this.now, first[1]);
      await this.#ring(first[0]);
    }
    this.now = instant;
  }

  /**
   * Sleeps until an instant, and awakes. Chromium rings whatever was missed then, and has it no longer in
   * its list; Firefox rings in any order, and only what nobody has taken away in between.
   */
  async sleepUntil(instant: number, engine: 'chromium' | 'firefox'): Promise<void> {
    this.now = instant;
    const missed = [...this.alarms].filter(([, at]) => at <= instant).map(([name]) => name);
    if (engine === 'chromium') {
      for (const name of missed) this.alarms.delete(name);
      for (const name of missed) await this.#ring(name);
    } else {
      for (const name of missed.toReversed()) if (this.alarms.has(name)) await this.#ring(name);
    }
  }

  #ring(name: string): Promise<void> {
    const scheduledTime = this.alarms.get(name) ?? this.now;
    this.alarms.delete(name);
    return this.wake(() => this.#onAlarm.fire({ name, scheduledTime }));
  }

  /** Is closed now, and started again at an instant; nothing stays but what is stored. */
  async restartAt(instant: number): Promise<void> {
    this.alarms.clear();
    this.notices.clear();
    Object.assign(this.button, { text: '', title: '' });
    this.now = instant;
    await this.wake(() => this.#onStartup.fire());
  }
}

function pending(): { promise: Promise<void>; done: () => void } {
  let done = (): void => undefined;
  const promise = new Promise<void>((resolve) => {
    done = resolve;
  });
  return { promise, done };
}
