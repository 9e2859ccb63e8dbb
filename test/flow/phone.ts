import assert from 'node:assert/strict';
import type { HostEvent } from '../../widget/flow/effects.ts';
import type { UserEvent } from '../../widget/flow/events.ts';
import type { Flow } from '../../widget/flow/flow.ts';
import type {
  LivenessAnswer,
  LocationAnswer,
  PageListeners,
  Ports,
} from '../../widget/flow/ports.ts';
import { createFlow } from '../../widget/flow/runner.ts';
import type { Obstacle, Screen } from '../../widget/flow/state.ts';
import type { Vault, VaultContent } from '../../widget/flow/vault.ts';
import type {
  LivenessTransaction,
  PlaceFound,
  TypedIdentity,
} from '../../widget/protocol/messages/holder.ts';
import { ask, origin, type RunningIssuer } from '../issuer/running-issuer.ts';
import { HandClock } from './hand-clock.ts';

/** A vault as IndexedDB is one: what goes in is copied, and keys stay what they are. */
export class MemoryVault implements Vault {
  content: VaultContent | undefined;
  place: PlaceFound | undefined;
  refusesToWrite = false;
  /** What has to happen before anything is written. */
  ready: Promise<void> = Promise.resolve();

  read = async (): Promise<VaultContent | undefined> => structuredClone(this.content);
  isEmpty = async (): Promise<boolean> => !this.content;
  write = async (content: VaultContent | undefined): Promise<boolean> => {
    await this.ready;
    if (!this.refusesToWrite) this.content = structuredClone(content);
    return !this.refusesToWrite;
  };
  readPlace = async (): Promise<PlaceFound | undefined> => structuredClone(this.place);
  writePlace = async (place: PlaceFound): Promise<boolean> => {
    if (!this.refusesToWrite) this.place = structuredClone(place);
    return !this.refusesToWrite;
  };
  keeps = async (): Promise<boolean> => !this.refusesToWrite;
  clear = async (): Promise<boolean> => {
    this.content = this.place = undefined;
    return true;
  };
}

/** Carries a request to the issuer and the answer back, or does not. */
export type Network = (
  request: Request,
  forward: (request: Request) => Promise<Response>,
) => Promise<Response>;

interface PhoneOptions {
  vault?: MemoryVault;
  /** How wrong this phone's clock is, milliseconds. */
  wrongBy?: number;
  session?: Ports['session'];
}

/** One page with the component in it, on a phone in somebody's hand; the issuer is the real mock. */
export class Phone {
  readonly running: RunningIssuer;
  readonly clock: HandClock;
  readonly vault: MemoryVault;
  readonly told: HostEvent[] = [];
  /** Method and path of everything that was sent. */
  readonly requests: string[] = [];
  readonly flow: Flow;
  session: Ports['session'];
  sessionGiven = true;
  online = true;
  obstacles: Obstacle[] = [];
  awake = false;
  opensSettings = false;
  /** Signs in the hand, and settings opened. */
  readonly felt: string[] = [];
  toldOtherTabs = 0;
  /** What this tab's storage has; handed on by {@link reload}. */
  note: number | undefined;
  /** Tabs of the same origin, which share the vault. */
  otherTabs: Phone[] = [];
  private inFlight = 0;
  listeners: PageListeners | undefined;
  locate: () => LocationAnswer | Promise<LocationAnswer> = () => ({
    ok: true,
    coordinates: { latitude: 39.9, longitude: 116.32 },
  });
  check: (transaction: LivenessTransaction) => Promise<LivenessAnswer> = (transaction) =>
    this.passCheck(transaction);
  /** Called with each request before it goes out. */
  onSend: (request: Request) => void = () => undefined;

  /** What the host answers. */
  allows: (event: HostEvent) => boolean = () => true;

  /** What lies between the phone and the issuer. */
  network: Network = (request, forward) => forward(request);

  constructor(running: RunningIssuer, options: PhoneOptions = {}) {
    const { vault = new MemoryVault(), wrongBy = 0, session = async () => undefined } = options;
    this.running = running;
    this.clock = new HandClock(running.time + wrongBy);
    this.vault = vault;
    this.session = session;
    this.flow = createFlow({
      issuer: `${origin}/`,
      ports: this.ports(),
      tellHost: (event) => {
        this.told.push(event);
        return this.allows(event);
      },
    });
  }

  private ports(): Ports {
    return {
      now: () => this.clock.now,
      elapsed: () => this.clock.elapsed,
      platform: 'android',
      after: this.clock.after,
      randomUuid: () => crypto.randomUUID(),
      send: (request) => this.send(request),
      session: () => this.session(),
      sessionGiven: () => this.sessionGiven,
      readiness: { check: async () => this.obstacles },
      location: { locate: async () => this.locate() },
      liveness: { run: (transaction) => this.check(transaction) },
      vault: this.vault,
      settings: {
        able: async () => this.opensSettings,
        open: (of) => this.felt.push(`settings of ${of}`),
      },
      haptics: (kind) => this.felt.push(kind),
      page: {
        online: () => this.online,
        listen: (listeners, signal) => {
          this.listeners = listeners;
          signal.addEventListener('abort', () => (this.listeners = undefined));
        },
        scanMode: (on) => (this.awake = on),
        note: () => this.note,
        leaveNote: (until) => (this.note = until),
        tellSignedOut: () => this.toldOtherTabs++,
        tellGrantOpened: () =>
          this.otherTabs.forEach((tab) => tab.listeners?.grantOpenedElsewhere()),
      },
    };
  }

  private async send(request: Request): Promise<Response> {
    this.requests.push(`${request.method} ${new URL(request.url).pathname}`);
    this.onSend(request);
    if (!this.online) throw new TypeError('no network');
    this.inFlight++;
    try {
      return await this.network(request, async (sent) => this.running.server.app.request(sent));
    } finally {
      this.inFlight--;
    }
  }

  async passCheck({ provider, prompts }: LivenessTransaction): Promise<LivenessAnswer> {
    const { body } = await ask<{ assertion?: string }>(
      this.running,
      'POST',
      new URL(provider).pathname,
      { body: { camera: true, prompts } },
    );
    return body.assertion === undefined
      ? { status: 'refused', code: 'liveness-failed' }
      : { status: 'passed', assertion: body.assertion };
  }

  /** The network goes or comes, and the browser says so. */
  connect(online: boolean): void {
    this.online = online;
    this.listeners?.connectionChanged(online);
  }

  /** Time passes, for the issuer too. */
  pass(milliseconds: number): void {
    this.running.time += milliseconds;
    this.clock.advance(milliseconds);
  }

  /** Waits until something holds; whatever the issuer has to do meanwhile is really done. */
  async until(holds: () => boolean, what: string): Promise<void> {
    const patience = performance.now() + 10_000;
    while (performance.now() < patience) {
      if (holds()) return;
      await new Promise((resolve) => setImmediate(resolve));
    }
    assert.fail(`${what}, but: ${JSON.stringify(this.flow.state.screen)}`);
  }

  arriveAt(name: Screen['name']): Promise<void> {
    return this.until(() => this.flow.state.screen.name === name, `waited for ${name}`);
  }

  /**
   * Whatever was under way has come to its end: no request is out, and none comes in the time that
   * a key takes to be made several times over, which is what a next one would wait for.
   */
  async quiet(): Promise<void> {
    for (let turn = 0; turn < 8; turn++) {
      const before = this.requests.length;
      await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign']);
      await new Promise((resolve) => setImmediate(resolve));
      if (this.inFlight > 0 || this.requests.length !== before) turn = 0;
    }
  }

  /**
   * Time passes, a second at a time, until something holds; between two steps whatever is under
   * way is done, for signing and answering take no time to the clock.
   */
  async waitUntil(holds: () => boolean, what: string): Promise<void> {
    for (let step = 0; step < 120; step++) {
      await this.quiet();
      if (holds()) return;
      this.pass(1000);
    }
    assert.fail(`${what} for two minutes, but: ${JSON.stringify(this.flow.state.screen)}`);
  }

  /** Time passes until a promise has settled. */
  async letRun<Value>(promise: Promise<Value>): Promise<Value> {
    let settled = false;
    const settle = () => {
      settled = true;
    };
    promise.then(settle, settle);
    await this.waitUntil(() => settled, 'it goes on');
    return promise;
  }

  /** From the form to the answer, through the check. */
  async submit(purpose: 'apply' | 'view', identity?: TypedIdentity): Promise<void> {
    await this.beginCheck(purpose, identity);
    await this.until(() => !this.isBusy(), 'waited for the answer to the check');
  }

  async beginCheck(purpose: 'apply' | 'view', identity?: TypedIdentity): Promise<void> {
    const { flow } = this;
    if (purpose === 'apply') {
      await this.until(() => flow.state.known.location.status === 'found', 'waited for the place');
    }
    const event: UserEvent = { type: 'submit', purpose, identity, consent: true };
    flow.send(event);
    await this.arriveAt('liveness');
    flow.send({ type: 'start-liveness' });
  }

  private isBusy(): boolean {
    const { screen } = this.flow.state;
    return (
      screen.name === 'liveness' ||
      (screen.name === 'outcome' && screen.outcome.status === 'waiting')
    );
  }

  /** The page is closed and opened again: a new one with the same vault. */
  reload(options: Omit<PhoneOptions, 'vault'> = {}): Phone {
    this.listeners?.left();
    const { vault, session, note } = this;
    return Object.assign(new Phone(this.running, { vault, session, ...options }), { note });
  }
}
