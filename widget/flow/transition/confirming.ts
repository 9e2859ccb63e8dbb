import type { Effect } from '../effects.ts';
import type { Purpose, State } from '../state.ts';
import {
  arrive,
  askOutcome,
  journeyOf,
  stay,
  step,
  type Handler,
  type JourneyScreen,
  type Step,
} from './step.ts';

/** A check has been passed and handed in: waiting for what it comes to, however long that takes (B6). */

/** Seconds between two askings while nobody presses 重试 and the browser sees no network come back. */
const pauseSeconds = 15;

type Outcome = Extract<JourneyScreen, { name: 'outcome' }>;

export const waitingFor = (purpose: Purpose, id: string): Outcome => ({
  name: 'outcome',
  purpose,
  outcome: { status: 'waiting', id },
});

export const completion = (purpose: Purpose, id: string, assertion: string, after = 0): Effect => ({
  type: 'complete',
  lane: 'submission',
  purpose,
  id,
  assertion,
  after,
});

/** The outcome of this very application or view is what the journey is at. */
export const isAbout = (journey: JourneyScreen, id: string): boolean =>
  journey.name === 'outcome' && 'id' in journey.outcome && journey.outcome.id === id;

/** The answer to a check is being waited for. */
export const isAwaited = (journey: JourneyScreen): journey is Outcome =>
  journey.name === 'outcome' &&
  (journey.outcome.status === 'waiting' || journey.outcome.status === 'unconfirmed');

/** Asks again by itself, after a pause or as soon as the network is back. */
export const unconfirmed: Handler<'unconfirmed'> = (state, event) => {
  const { purpose, id, assertion, refusal } = event;
  if (!isAbout(journeyOf(state.screen), id)) {
    return purpose === 'apply' ? step(state, askOutcome(id, 'a-pause')) : stay(state);
  }
  return step(
    arrive(state, {
      name: 'outcome',
      purpose,
      outcome: { status: 'unconfirmed', id, assertion, refusal },
    }),
    completion(purpose, id, assertion, Math.max(pauseSeconds, refusal.retryAfter ?? 0)),
  );
};

/** Asks again at once: the same assertion gets the same outcome, whatever came of it before. */
export function confirmNow(state: State): Step {
  const journey = journeyOf(state.screen);
  if (journey.name !== 'outcome' || journey.outcome.status !== 'unconfirmed') return stay(state);
  const { purpose, outcome } = journey;
  return step(
    arrive(state, waitingFor(purpose, outcome.id)),
    completion(purpose, outcome.id, outcome.assertion),
  );
}
