import { deepFreeze } from './deep-freeze.ts';
import type { Effect } from './effects.ts';
import type { FlowEvent } from './events.ts';
import { initialState } from './initial-state.ts';
import type { Platform, State } from './state.ts';
import { transition } from './transition.ts';

/** The state and its listeners: events in, frozen snapshots and effects out. */
export interface Store {
  readonly state: State;
  subscribe: (listener: () => void) => () => void;
  dispatch: (event: FlowEvent) => void;
}

export interface StoreOptions {
  platform: Platform;
  /** The server's clock, whole seconds since the epoch. */
  seconds: () => number;
  carryOut: (effect: Effect) => void;
  /** Called after each event, when its effects are under way. */
  settled: (state: State) => void;
}

export function createStore({ platform, seconds, carryOut, settled }: StoreOptions): Store {
  let state: State = deepFreeze({
    ...initialState,
    known: { ...initialState.known, platform },
  });
  const listeners = new Set<() => void>();
  const waiting: FlowEvent[] = [];
  let busy = false;

  function step(event: FlowEvent): void {
    const { state: next, effects } = transition(state, event, seconds());
    const changed = next !== state;
    state = deepFreeze(next);
    for (const effect of effects) carryOut(effect);
    settled(state);
    if (changed) listeners.forEach((listener) => listener());
  }

  return {
    get state() {
      return state;
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    // A listener may send the next event: it waits until everyone has seen this state.
    dispatch: (event) => {
      waiting.push(event);
      if (busy) return;
      busy = true;
      try {
        for (let next = waiting.shift(); next; next = waiting.shift()) step(next);
      } finally {
        busy = false;
      }
    },
  };
}
