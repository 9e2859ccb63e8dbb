import type { TypedIdentity } from '../../widget/protocol/messages/holder.ts';
import type { TicketKind } from '../../widget/protocol/tickets.ts';
import { hostSession } from './host-session.ts';
import type { Route } from './route.ts';
import type { Settings } from './settings.ts';
import type {
  BoughtTicket,
  Faults,
  OfficeAnswer,
  OfficeFailure,
  Person,
  Station,
  TicketOffice,
  Train,
} from './ticket-office.ts';

export interface HostState {
  route: Route;
  settings: Settings;
  people: readonly Person[];
  stations: readonly Station[];
  trains: readonly Train[];
  /** Id of whoever is signed in. */
  person: string | undefined;
  signingOut: boolean;
  /** Bought since the page was loaded, newest first. */
  tickets: readonly BoughtTicket[];
  buying: boolean;
  /** A made-up identity for trying as a guest. */
  example: Pick<TypedIdentity, 'name' | 'number'> | undefined;
  /** Why the last thing asked of the ticket office did not succeed. */
  failure: OfficeFailure | undefined;
  /** The mock's clock less this machine's, milliseconds. */
  clockAheadMs: number;
  faults: Faults;
  reviewLate: boolean;
  controlsOpen: boolean;
  /** Names of the component's events, newest first. */
  events: readonly string[];
}

export interface HostPorts {
  office: TicketOffice;
  /** This machine's clock, milliseconds since the epoch. */
  now: () => number;
  /** Where the person's id outlives a reload of this tab, and nothing else does. */
  keepPerson: (id: string | undefined) => void;
  /** Has the component revoke and forget what it holds for whoever is signed in (R19). */
  forgetBoardingId: () => Promise<void>;
}

export interface Purchase {
  train: string;
  kind: TicketKind;
  /** Absent when the ticket is for whoever is signed in. */
  identity: TypedIdentity | undefined;
}

const eventsKept = 30;
const noFaults: Faults = { delayMs: 0, unavailable: false, drop: false };

/** The ticketing app without its screens: what it knows, and what can be done. */
export class HostApp {
  /** For the component; another function whenever somebody signs in or out. */
  session: () => Promise<string | undefined>;

  readonly #ports: HostPorts;
  readonly #listeners = new Set<() => void>();
  #state: HostState;

  constructor(ports: HostPorts, start: Pick<HostState, 'route' | 'settings' | 'person'>) {
    this.#ports = ports;
    this.#state = Object.freeze({
      people: [],
      stations: [],
      trains: [],
      tickets: [],
      signingOut: false,
      buying: false,
      example: undefined,
      failure: undefined,
      clockAheadMs: 0,
      faults: noFaults,
      reviewLate: false,
      controlsOpen: false,
      events: [],
      ...start,
    });
    this.session = hostSession(ports.office, start.person, this.now);
  }

  get state(): HostState {
    return this.#state;
  }

  /** The mock's clock, milliseconds since the epoch: the component's clock port. */
  readonly now = (): number => this.#ports.now() + this.#state.clockAheadMs;

  /** Calls back after every change; the answer ends it. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async load(): Promise<void> {
    const { office } = this.#ports;
    await this.followClock();
    const [people, stations, trains] = await Promise.all([
      office('people'),
      office('stations'),
      office('trains'),
    ]);
    if (people.ok) this.#become({ people: people.value });
    if (stations.ok) this.#become({ stations: stations.value });
    if (trains.ok) this.#become({ trains: trains.value });
    const failed = [people, stations, trains].find((answer) => !answer.ok);
    if (failed && !failed.ok) this.failed(failed.failure);
  }

  go(route: Route): void {
    this.#become({ route, failure: undefined, controlsOpen: false });
  }

  set(change: Partial<Settings>): void {
    this.#become({ settings: { ...this.#state.settings, ...change } });
  }

  signIn(person: string): void {
    this.#changePerson(person);
  }

  /** The component first, while it still knows whose grants to revoke. */
  async signOut(): Promise<void> {
    this.#become({ signingOut: true, failure: undefined });
    let failure: OfficeFailure | undefined;
    try {
      await this.#ports.forgetBoardingId();
    } catch {
      // Its code could not be loaded. Once it is, it finds nobody signed in and forgets by itself.
      failure = 'unreachable';
    }
    this.#changePerson(undefined);
    this.#become({ signingOut: false, tickets: [], failure });
  }

  /** @returns whether a ticket was bought */
  async buy({ train, kind, identity }: Purchase): Promise<boolean> {
    this.#become({ buying: true, failure: undefined });
    const { person } = this.#state;
    const rider = identity ? { identity } : { person };
    const answer = await this.#ports.office('buy', { train, kind, ...rider });
    this.#become({ buying: false });
    return this.#take(answer, ({ ticket }) => ({
      tickets: [ticket, ...this.#state.tickets],
      example: undefined,
    }));
  }

  async makeExample(): Promise<void> {
    this.#take(await this.#ports.office('identityExample'), (example) => ({ example }));
  }

  /** Off the network the page keeps the clock it had. */
  async followClock(): Promise<void> {
    const clock = await this.#ports.office('clock');
    if (clock.ok) this.#setClock(clock.value.now);
  }

  /** @param advanceSeconds how far to move on; `null` goes back to the real time */
  async moveClock(advanceSeconds: number | null): Promise<void> {
    const answer = await this.#ports.office('moveClock', { advanceSeconds });
    if (this.#take(answer, () => ({})) && answer.ok) {
      this.#setClock(answer.value.now);
      await this.load();
    }
  }

  async setFaults(change: Partial<Faults>): Promise<void> {
    const faults = { ...this.#state.faults, ...change };
    this.#take(await this.#ports.office('faults', faults), () => ({ faults }));
  }

  async setReviewLate(late: boolean): Promise<void> {
    this.#take(await this.#ports.office('review', { late }), () => ({ reviewLate: late }));
  }

  async decideReviews(approve: boolean): Promise<void> {
    this.#take(await this.#ports.office('decideReviews', { approve }), () => ({}));
  }

  openControls(controlsOpen: boolean): void {
    this.#become({ controlsOpen });
  }

  /** Shows why something outside the ticket office did not succeed. */
  failed(failure: OfficeFailure): void {
    this.#become({ failure });
  }

  /** Notes that the component spoke: the name alone, since a host logs no details. */
  heard(event: string): void {
    this.#become({ events: [event, ...this.#state.events].slice(0, eventsKept) });
  }

  #changePerson(person: string | undefined): void {
    this.#ports.keepPerson(person);
    this.session = hostSession(this.#ports.office, person, this.now);
    this.#become({ person });
  }

  #setClock(now: number): void {
    const clockAheadMs = now - this.#ports.now();
    this.#become({ clockAheadMs });
  }

  #take<T>(answer: OfficeAnswer<T>, change: (value: T) => Partial<HostState>): boolean {
    this.#become(
      answer.ok ? { ...change(answer.value), failure: undefined } : { failure: answer.failure },
    );
    return answer.ok;
  }

  #become(change: Partial<HostState>): void {
    this.#state = Object.freeze({ ...this.#state, ...change });
    for (const listener of this.#listeners) listener();
  }
}
