import { showingStatus } from '../code-clock.ts';
import type { Effect } from '../effects.ts';
import type { FlowEvent, Lane } from '../events.ts';
import type { Refusal } from '../refusal.ts';
import type { Known, Purpose, Screen, Showing, State } from '../state.ts';

/** What an event leads to. The same state object means that nothing has changed. */
export interface Step {
  state: State;
  effects: readonly Effect[];
}

/** @param now the server's clock, whole seconds since the epoch */
export type Handler<Type extends FlowEvent['type']> = (
  state: State,
  event: Extract<FlowEvent, { type: Type }>,
  now: number,
) => Step;

/** The event means nothing here. */
export const stay = (state: State): Step => ({ state, effects: [] });

export const step = (state: State, ...effects: readonly Effect[]): Step => ({ state, effects });

export const knowing = (state: State, known: Partial<Known>): State => ({
  ...state,
  known: { ...state.known, ...known },
});

/** A screen that stands in the journey itself, not in front of it. */
export type JourneyScreen = Exclude<Screen, { name: 'records' | 'help' }>;

/** Where the journey stands while records or help are in front of it. */
export function journeyOf(screen: Screen): JourneyScreen {
  let journey = screen;
  while (journey.name === 'records' || journey.name === 'help') journey = journey.behind;
  return journey;
}

/** Moves the journey on; whoever is reading help or records goes on reading. */
export const arrive = (state: State, journey: JourneyScreen): State => ({
  ...state,
  screen: behind(state.screen, journey),
});

const behind = (front: Screen, journey: JourneyScreen): Screen =>
  front.name === 'records' || front.name === 'help'
    ? { ...front, behind: behind(front.behind, journey) }
    : journey;

export const show = (state: State, screen: Screen): State => ({ ...state, screen });

export const form = (refusal?: Refusal): JourneyScreen => ({
  name: 'application',
  busy: undefined,
  refusal,
});

export const refusedOutcome = (purpose: Purpose, refusal: Refusal): JourneyScreen => ({
  name: 'outcome',
  purpose,
  outcome: { status: 'refused', refusal },
});

export type CodeScreen = Extract<Screen, { name: 'code' }>;

/** Once its codes are gone a grant has ended, even if a clock that is set right takes time back. */
export function statusOf(showing: Showing, now: number): CodeScreen['status'] {
  const status = showingStatus(showing, now);
  return status === 'live' && showing.windows.length === 0 ? 'verification-required' : status;
}

export const codeScreen = (showing: Showing, now: number): CodeScreen => ({
  name: 'code',
  status: statusOf(showing, now),
  refreshing: false,
  refusal: undefined,
  scan: false,
});

/** 刷新 is under way. */
export const isRefreshing = (journey: JourneyScreen): journey is CodeScreen =>
  journey.name === 'code' && journey.refreshing && journey.status === 'live';

/** A new check has been asked for from the code screen (R17). */
export const isCheckingAgain = (journey: JourneyScreen): journey is CodeScreen =>
  journey.name === 'code' && journey.refreshing && journey.status !== 'live';

/** What runs on behalf of a journey's screen and ends when that is left. */
export const journeyLanes: readonly Lane[] = ['submission', 'liveness', 'codes'];

export const abandon = (...lanes: readonly Lane[]): Effect => ({ type: 'abandon', lanes });

/** Of an application: at once, or after a pause that grows from time to time. */
export const askOutcome = (id: string, after: 'nothing' | 'a-pause'): Effect => ({
  type: 'ask-outcome',
  lane: 'review',
  id,
  after,
});

/** What the issuer says of whoever is signed in, asked anew; of a guest it says nothing. */
export const meAgain = (state: State): readonly Effect[] =>
  state.known.registered ? [{ type: 'load-me', lane: 'start' }] : [];
