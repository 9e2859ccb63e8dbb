import { checkCode, type Question, type Verdict } from '../../../widget/protocol/code/check.ts';
import type { CodeClaims } from '../../../widget/protocol/code/claims.ts';
import type { Ledger } from '../../../widget/protocol/code/ledger.ts';
import type { Reason } from '../../../widget/protocol/code/reasons.ts';
import {
  inspectionPurposes,
  type AdmissionAnswer,
} from '../../../widget/protocol/messages/gate.ts';
import { consumes } from '../../../widget/protocol/tickets.ts';
import type { GateClock } from './clock.ts';
import type { Post } from './configuration.ts';
import { asDisplay, asLook, refused, type Display } from './display.ts';
import { call, calls, type IssuerConnection } from './issuer-client.ts';
import type { Lists, ListStates } from './lists.ts';
import type { OwnLedger, Upload } from './own-ledger.ts';

/** shared: the issuer answers, so gates catch each other's replays; alone: it does not. */
export type Connection = 'starting' | 'shared' | 'alone';

export interface GateState {
  post: Post;
  connection: Connection;
  lists: ListStates;
  /** How far this gate's clock is from the issuer's, seconds; reported beyond the leeway (B3). */
  clockSecondsOff: number;
  judging: boolean;
  display: Display | undefined;
  /** Admissions made alone that the issuer has not been told of. */
  untold: number;
  /** Of those told since the start, how many another gate had made impossible. */
  conflicts: number;
}

export interface GatePorts {
  connection: IssuerConnection;
  lists: Lists;
  /** Of this gate alone. */
  ledger: OwnLedger;
  clock: GateClock;
  /** Calls back once after `milliseconds`; the answer cancels. */
  after: (milliseconds: number, callback: () => void) => () => void;
}

/** How long a verdict stands, milliseconds: a refusal has more to read. */
const displayMilliseconds = { pass: 3_000, refused: 7_000, broken: 7_000 };
/** A face is compared with what is shown; milliseconds. */
const lookMilliseconds = 15_000;
/** How soon a gate that is alone asks for the issuer again, milliseconds. */
const retryMilliseconds = 10_000;

/** Refusals that newer lists may turn: a key or a ticket can be younger than what is held. */
const newerListsMayHelp: readonly Reason[] = [
  'unknown-key',
  'denylist-stale',
  'no-ticket',
  'wrong-train',
];

/** One gate: its post, its lists, and the verdict on what it last read. It knows no screen. */
export class Gate {
  readonly #ports: GatePorts;
  readonly #listeners = new Set<() => void>();
  #state: GateState;
  #turn: Promise<void> = Promise.resolve();
  #cancelDisplay = (): void => {};
  #cancelRefresh = (): void => {};

  constructor(ports: GatePorts, post: Post) {
    this.#ports = ports;
    this.#state = {
      post,
      connection: 'starting',
      lists: ports.lists.states,
      clockSecondsOff: 0,
      judging: false,
      display: undefined,
      untold: 0,
      conflicts: 0,
    };
  }

  get state(): GateState {
    return this.#state;
  }

  /** Calls back after every change; the answer ends it. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Takes up what was held before this gate was started anew, then fetches it anew. */
  async start(): Promise<void> {
    await this.#ports.lists.restore(this.#state.post.station);
    await this.#countUntold();
    await this.refresh();
  }

  /** Changes the post; another station's tickets are fetched at once. */
  async choose(change: Partial<Post>): Promise<void> {
    const { station } = this.#state.post;
    this.#become({ post: { ...this.#state.post, ...change }, display: undefined });
    if (this.#state.post.station !== station) await this.refresh();
  }

  /** Fetches all lists anew, now and from then on in the background. */
  async refresh(): Promise<void> {
    const { clock, lists, after } = this.#ports;
    this.#cancelRefresh();
    await clock.follow();
    const reached = await lists.refresh(this.#state.post.station);
    this.#become({
      connection: reached ? 'shared' : 'alone',
      lists: lists.states,
      clockSecondsOff: lists.clockSecondsBehind,
    });
    if (reached) await this.#tell();
    this.#cancelRefresh();
    this.#cancelRefresh = after(
      reached ? lists.policy.denylistSeconds * 1000 : retryMilliseconds,
      () => void this.refresh(),
    );
  }

  /** Judges what was read and shows the verdict for a while. One text after the other. */
  judge(scanned: string): Promise<void> {
    this.#turn = this.#turn.then(() => this.#judgeNow(scanned));
    return this.#turn;
  }

  /** Goes back to scanning before the verdict's time is over. */
  dismiss(): void {
    this.#cancelDisplay();
    this.#become({ display: undefined });
  }

  async #judgeNow(scanned: string): Promise<void> {
    this.#cancelDisplay();
    this.#become({ judging: true });
    let display: Display;
    try {
      display = await this.#verdictOn(scanned);
    } catch {
      // Whatever failed, a person stands at the lane and must be told where to go.
      display = { kind: 'broken' };
    }
    this.#become({ judging: false, display, lists: this.#ports.lists.states });
    const looksAtFace = display.kind === 'pass' && display.seen !== undefined;
    this.#cancelDisplay = this.#ports.after(
      looksAtFace ? lookMilliseconds : displayMilliseconds[display.kind],
      () => this.dismiss(),
    );
  }

  async #verdictOn(scanned: string): Promise<Display> {
    const { clock, ledger } = this.#ports;
    await clock.follow();
    const { purpose, station, lane, train } = this.#state.post;
    const question: Question = {
      scanned,
      purpose,
      place: { station, lane, train },
      at: clock.now(),
    };
    const asked = { scanned, station, lane, ...(train === undefined ? {} : { train }) };

    const look = inspectionPurposes.find((each) => each === purpose);
    if (look) {
      if (!this.#isAlone) {
        const answer = await call(this.#ports.connection, calls.inspect, {
          body: { ...asked, purpose: look },
        });
        if (answer.ok) return asLook(answer.value);
        this.#beAlone();
      }
      return asDisplay(await this.#check(question, ledger), true);
    }

    if (!this.#isAlone) {
      const verdict = await this.#check(question, writtenDownByTheIssuer);
      if (!verdict.admitted) return asDisplay(verdict, false);
      const answer = await call(this.#ports.connection, calls.admit, {
        body: { ...asked, purpose },
      });
      if (answer.ok) return this.#remember(question, verdict.claims, answer.value);
      this.#beAlone();
    }
    const upload: Upload = { ...asked, purpose, admittedAt: question.at };
    const verdict = await this.#check(question, ledger.telling(upload));
    await this.#countUntold();
    return asDisplay(verdict, true);
  }

  #beAlone(): void {
    this.#become({ connection: 'alone' });
    this.#cancelRefresh();
    this.#cancelRefresh = this.#ports.after(retryMilliseconds, () => void this.refresh());
  }

  /**
   * Tells the issuer what was admitted alone. What it has not confirmed is told again: told twice, it
   * counts once.
   */
  async #tell(): Promise<void> {
    const { ledger, connection } = this.#ports;
    for (const [key, upload] of await ledger.uploads()) {
      const answer = await call(connection, calls.admit, { body: upload });
      if (!answer.ok) break;
      await ledger.told(key);
      if (!answer.value.admitted) this.#become({ conflicts: this.#state.conflicts + 1 });
    }
    await this.#countUntold();
  }

  async #countUntold(): Promise<void> {
    this.#become({ untold: (await this.#ports.ledger.uploads()).size });
  }

  /** The one check; where newer lists may turn a refusal, they are asked for once. */
  async #check(question: Question, ledger: Ledger): Promise<Verdict> {
    const { lists } = this.#ports;
    const verdict = await checkCode(question, lists.verifier(ledger));
    if (verdict.admitted || !newerListsMayHelp.includes(verdict.reason)) return verdict;
    const renewed =
      verdict.reason === 'unknown-key'
        ? await lists.refreshKeys()
        : await lists.refresh(question.place.station);
    return renewed ? checkCode(question, lists.verifier(ledger)) : verdict;
  }

  /**
   * Writes an admission down here too, for the time when the network is gone. What this gate let
   * in while it was alone the issuer does not know, so a code used here, or a single ticket that
   * entered here, is refused although the issuer admits it. Tickets of other kinds may have left
   * by a gate that this one has not heard of.
   */
  async #remember(
    { purpose, place, at }: Question,
    { jti, sub }: CodeClaims,
    answer: AdmissionAnswer,
  ): Promise<Display> {
    if (!answer.admitted) return refused(answer.reason, answer.secondsOff, false);
    const { ticket } = answer;
    if (ticket && consumes(purpose)) {
      const lane = JSON.stringify([place.station, place.lane]);
      const use = { jti, purpose, ticket: { ...ticket, sub }, lane, at };
      const refusal = await this.#ports.ledger.admit(use);
      if (
        refusal === 'already-used' ||
        (refusal === 'already-entered' && ticket.kind === 'single')
      ) {
        return refused(refusal, undefined, false);
      }
    }
    return { kind: 'pass', ticket, alone: false };
  }

  get #isAlone(): boolean {
    return this.#state.connection !== 'shared';
  }

  #become(change: Partial<GateState>): void {
    this.#state = Object.freeze({ ...this.#state, ...change });
    for (const listener of this.#listeners) listener();
  }
}

/** Takes the place of a ledger where the issuer's follows as the next step. */
const writtenDownByTheIssuer: Ledger = { admit: async () => undefined };
