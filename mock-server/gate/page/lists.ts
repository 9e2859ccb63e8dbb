import type { Verifier } from '../../../widget/protocol/code/check.ts';
import type { Ledger } from '../../../widget/protocol/code/ledger.ts';
import type { KeySet } from '../../../widget/protocol/messages/metadata.ts';
import { policy as ownPolicy, type Policy } from '../../../widget/protocol/policy.ts';
import { dayAfter, dayOf } from '../../../widget/protocol/shanghai-time.ts';
import type { Ticket } from '../../../widget/protocol/tickets.ts';
import {
  pinKeys,
  readDenylist,
  readManifest,
  type Expected,
  type PinnedKeys,
} from '../../../widget/check/trust.ts';
import { call, calls, type CallFailure, type IssuerConnection } from './issuer-client.ts';
import type { KeptLists, ListsCache, ManifestToken } from './lists-cache.ts';

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

/**
 * What a gate fetches ahead, so that it can judge alone (B2). A list counts only once it has been
 * verified, whether it comes from the network or from the cache.
 */
export class Lists {
  policy: Policy = ownPolicy;
  states: ListStates = { keys: never, denylist: never, manifests: never };
  /** The issuer's clock less this gate's at the last refresh, seconds (B3). */
  clockSecondsBehind = 0;

  readonly #connection: IssuerConnection;
  readonly #cache: ListsCache;
  readonly #now: () => number;
  #kept: KeptLists = {};
  #keys = noKeys;
  #denylist: Verifier['denylist'];
  #tickets: ReadonlyMap<string, readonly Ticket[]> = new Map();
  #station: string | undefined;

  /** @param now whole seconds since the epoch */
  constructor(connection: IssuerConnection, cache: ListsCache, now: () => number) {
    this.#connection = connection;
    this.#cache = cache;
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

  /** Takes up what was held before the gate was started anew. */
  async restore(station: string): Promise<void> {
    const { policy, keys, denylist, manifests } = await this.#cache.read();
    this.#stand(station);
    if (policy) this.policy = policy;
    if (keys) await this.#takeKeys(keys.keySet, keys.fetchedAt);
    if (denylist) await this.#takeDenylist(denylist.token, denylist.fetchedAt);
    if (manifests?.station === station) {
      await this.#takeManifests(station, manifests.tokens, manifests.fetchedAt);
    }
  }

  /** Asks the issuer for everything anew; resolves to whether it was there. */
  async refresh(station: string): Promise<boolean> {
    this.#stand(station);
    const [metadata] = await Promise.all([this.#refreshPolicy(), this.#refreshKeys()]);
    await Promise.all([this.#refreshDenylist(), this.#refreshManifests(station)]);
    await this.#keep();
    return metadata;
  }

  /** Asks for the keys alone; resolves to whether they came. */
  async refreshKeys(): Promise<boolean> {
    const came = await this.#refreshKeys();
    // Until all lists are fetched again the network may go, and the gate be started anew.
    if (came) await this.#keep();
    return came;
  }

  /** What cannot be kept still serves until this gate is started anew: no reason to judge nobody. */
  async #keep(): Promise<void> {
    await this.#cache.write(this.#kept).catch(() => undefined);
  }

  async #refreshKeys(): Promise<boolean> {
    const answer = await call(this.#connection, calls.keySet);
    if (!answer.ok) return this.#fail('keys', answer.failure);
    return this.#takeKeys(answer.value, this.#now());
  }

  #stand(station: string): void {
    if (station === this.#station) return;
    this.#station = station;
    this.#tickets = new Map();
    this.#note('manifests', { failure: undefined, fetchedAt: undefined });
  }

  async #refreshPolicy(): Promise<boolean> {
    const answer = await call(this.#connection, calls.metadata);
    if (!answer.ok) return false;
    this.policy = answer.value.policy;
    this.#kept = { ...this.#kept, policy: this.policy };
    this.clockSecondsBehind = Math.round(answer.value.serverTime / 1000 - this.#now());
    return true;
  }

  async #refreshDenylist(): Promise<boolean> {
    const answer = await call(this.#connection, calls.denylist);
    if (!answer.ok) return this.#fail('denylist', answer.failure);
    return this.#takeDenylist(answer.value.denylist, this.#now());
  }

  /** A code carries the pseudonym of its own day, so the days beside today's are needed around midnight. */
  async #refreshManifests(station: string): Promise<boolean> {
    const today = dayOf(this.#now());
    const tokens: ManifestToken[] = [];
    const answers = [-1, 0, 1].map(async (days) => {
      const day = dayAfter(today, days);
      const answer = await call(this.#connection, calls.manifest, { path: { station, day } });
      if (answer.ok) tokens.push({ day, token: answer.value.manifest });
      return answer;
    });
    const failed = (await Promise.all(answers)).find(({ ok }) => !ok);
    if (failed && !failed.ok) return this.#fail('manifests', failed.failure);
    return this.#takeManifests(station, tokens, this.#now());
  }

  async #takeKeys(keySet: KeySet, fetchedAt: number): Promise<boolean> {
    try {
      this.#keys = await pinKeys(keySet);
    } catch (thrown) {
      if (thrown instanceof DOMException) return this.#fail('keys', 'unreadable');
      throw thrown;
    }
    this.#kept = { ...this.#kept, keys: { keySet, fetchedAt } };
    return this.#succeed('keys', fetchedAt);
  }

  async #takeDenylist(token: string, fetchedAt: number): Promise<boolean> {
    const denylist = await readDenylist(token, this.#expected());
    if (!denylist) return this.#fail('denylist', 'unverified');
    this.#denylist = denylist;
    this.#kept = { ...this.#kept, denylist: { token, fetchedAt } };
    return this.#succeed('denylist', fetchedAt);
  }

  async #takeManifests(
    station: string,
    tokens: readonly ManifestToken[],
    fetchedAt: number,
  ): Promise<boolean> {
    const tickets = new Map<string, Ticket[]>();
    for (const { day, token } of tokens) {
      const manifest = await readManifest(token, { station, day }, this.#expected());
      if (!manifest) return this.#fail('manifests', 'unverified');
      for (const ticket of manifest.tickets) {
        const rows = tickets.get(ticket.sub);
        if (rows) rows.push(ticket);
        else tickets.set(ticket.sub, [ticket]);
      }
    }
    if (this.#station !== station) return false;
    this.#tickets = tickets;
    this.#kept = { ...this.#kept, manifests: { station, tokens, fetchedAt } };
    return this.#succeed('manifests', fetchedAt);
  }

  #expected(): Expected {
    return {
      keys: this.#keys,
      issuer: this.#connection.issuer,
      at: this.#now(),
      leewaySeconds: this.policy.gateLeewaySeconds,
    };
  }

  #succeed(name: ListName, fetchedAt: number): true {
    this.#note(name, { fetchedAt, failure: undefined });
    return true;
  }

  #fail(name: ListName, failure: ListFailure): false {
    this.#note(name, { ...this.states[name], failure });
    return false;
  }

  #note(name: ListName, state: ListState): void {
    this.states = { ...this.states, [name]: state };
  }
}
