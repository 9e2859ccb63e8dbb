import type { Verifier } from '../../../widget/protocol/code/check.ts';
import type { Ledger } from '../../../widget/protocol/code/ledger.ts';
import { policy as ownPolicy, type Policy } from '../../../widget/protocol/policy.ts';
import { dayAfter, dayOf } from '../../../widget/protocol/shanghai-time.ts';
import type { Ticket } from '../../../widget/protocol/tickets.ts';
import {
  pinKeys,
  readDenylist,
  readManifest,
  type Expected,
  type PinnedKeys,
} from '../../../widget/protocol/trust.ts';
import { call, calls, type CallFailure, type IssuerConnection } from './issuer-client.ts';

/** unverified: it came, but its signature, kind, issuer or life is not what it must be. */
export type ListFailure = CallFailure | 'unverified';

export const listNames = ['keys', 'denylist', 'manifests'] as const;
export type ListName = (typeof listNames)[number];

/** How a list stands: an old one stays in use when a newer one does not come. */
export interface ListState {
  /** When the one in use was fetched, whole seconds since the epoch. */
  fetchedAt: number | undefined;
  /** Why the last attempt brought no newer one. */
  failure: ListFailure | undefined;
}

export type ListStates = Readonly<Record<ListName, ListState>>;

const never: ListState = { fetchedAt: undefined, failure: undefined };
const noKeys: PinnedKeys = { codes: new Map(), byKind: new Map() };

/** What a gate fetches ahead, so that it can judge alone (B2). */
export class Lists {
  policy: Policy = ownPolicy;
  states: ListStates = { keys: never, denylist: never, manifests: never };
  /** The issuer's clock less this gate's at the last refresh, seconds (B3). */
  clockSecondsBehind = 0;

  readonly #connection: IssuerConnection;
  readonly #now: () => number;
  #keys = noKeys;
  #denylist: Verifier['denylist'];
  #tickets: ReadonlyMap<string, readonly Ticket[]> = new Map();
  #station: string | undefined;

  /** @param now whole seconds since the epoch */
  constructor(connection: IssuerConnection, now: () => number) {
    this.#connection = connection;
    this.#now = now;
  }

  /** What {@link checkCode} is given. */
  verifier(ledger: Ledger): Verifier {
    const tickets = this.#tickets;
    return {
      keys: this.#keys.codes,
      denylist: this.#denylist,
      ticketsOf: (sub) => tickets.get(sub) ?? [],
      ledger,
      policy: this.policy,
    };
  }

  /** Asks the issuer for everything anew; resolves to whether it was there. */
  async refresh(station: string): Promise<boolean> {
    if (station !== this.#station) {
      this.#station = station;
      this.#tickets = new Map();
      this.#note('manifests', { failure: undefined, fetchedAt: undefined });
    }
    const [metadata] = await Promise.all([this.#refreshPolicy(), this.refreshKeys()]);
    await Promise.all([this.#refreshDenylist(), this.#refreshManifests(station)]);
    return metadata;
  }

  /** Asks for the keys alone; resolves to whether they came. */
  async refreshKeys(): Promise<boolean> {
    const answer = await call(this.#connection, calls.keySet);
    if (!answer.ok) return this.#fail('keys', answer.failure);
    try {
      this.#keys = await pinKeys(answer.value);
    } catch (thrown) {
      if (thrown instanceof DOMException) return this.#fail('keys', 'unreadable');
      throw thrown;
    }
    return this.#succeed('keys');
  }

  async #refreshPolicy(): Promise<boolean> {
    const answer = await call(this.#connection, calls.metadata);
    if (!answer.ok) return false;
    this.policy = answer.value.policy;
    this.clockSecondsBehind = Math.round(answer.value.serverTime / 1000 - this.#now());
    return true;
  }

  async #refreshDenylist(): Promise<boolean> {
    const answer = await call(this.#connection, calls.denylist);
    if (!answer.ok) return this.#fail('denylist', answer.failure);
    const denylist = await readDenylist(answer.value.denylist, this.#expected());
    if (!denylist) return this.#fail('denylist', 'unverified');
    this.#denylist = denylist;
    return this.#succeed('denylist');
  }

  /** A code carries the pseudonym of its own day, so the days beside today's are needed around midnight. */
  async #refreshManifests(station: string): Promise<boolean> {
    const today = dayOf(this.#now());
    const days = [-1, 0, 1].map((days) => dayAfter(today, days));
    const manifests = await Promise.all(days.map((day) => this.#fetchManifest(station, day)));
    if (this.#station !== station) return false;
    const tickets = new Map<string, Ticket[]>();
    for (const manifest of manifests) {
      if (!manifest.ok) return this.#fail('manifests', manifest.failure);
      for (const ticket of manifest.tickets) {
        const rows = tickets.get(ticket.sub);
        if (rows) rows.push(ticket);
        else tickets.set(ticket.sub, [ticket]);
      }
    }
    this.#tickets = tickets;
    return this.#succeed('manifests');
  }

  async #fetchManifest(
    station: string,
    day: string,
  ): Promise<{ ok: true; tickets: Ticket[] } | { ok: false; failure: ListFailure }> {
    const answer = await call(this.#connection, calls.manifest, { path: { station, day } });
    if (!answer.ok) return answer;
    const manifest = await readManifest(answer.value.manifest, { station, day }, this.#expected());
    return manifest
      ? { ok: true, tickets: manifest.tickets }
      : { ok: false, failure: 'unverified' };
  }

  #expected(): Expected {
    return {
      keys: this.#keys,
      issuer: this.#connection.issuer,
      at: this.#now(),
      leewaySeconds: this.policy.gateLeewaySeconds,
    };
  }

  #succeed(name: ListName): true {
    this.#note(name, { fetchedAt: this.#now(), failure: undefined });
    return true;
  }

  #fail(name: ListName, failure: ListFailure): false {
    this.#note(name, { fetchedAt: this.states[name].fetchedAt, failure });
    return false;
  }

  #note(name: ListName, state: ListState): void {
    this.states = { ...this.states, [name]: state };
  }
}
