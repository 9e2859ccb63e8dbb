import type { Effect } from '../../widget/flow/effects.ts';
import type { FlowEvent } from '../../widget/flow/events.ts';
import type { Flow } from '../../widget/flow/flow.ts';
import type { DeepLink, State } from '../../widget/flow/state.ts';
import { transition } from '../../widget/flow/transition.ts';

/** What a step may ask for and go without an answer. */
const idle: readonly Effect['type'][] = ['abandon', 'tell-host', 'check-readiness', 'leave-note'];

/** A flow without an issuer: it leads to where nobody has to be asked, and stays put otherwise. */
export class SampleFlow implements Flow {
  state: State;
  readonly #now: () => number;
  readonly #listeners = new Set<() => void>();

  /** @param now milliseconds since the epoch */
  constructor(state: State, now: () => number) {
    this.state = state;
    this.#now = now;
  }

  readonly serverNow = (): number => this.#now();

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly send = (event: FlowEvent): void => {
    const { state, effects } = transition(this.state, event, Math.floor(this.#now() / 1000));
    if (effects.some(({ type }) => !idle.includes(type))) return;
    this.state = state;
    for (const listener of this.#listeners) listener();
  };

  /** The sample is where it opens. */
  readonly open = (_screen: DeepLink): void => {};
  readonly close = (): void => {};
  readonly signOut = (): Promise<void> => Promise.resolve();
  readonly sessionChanged = (): void => {};
}
