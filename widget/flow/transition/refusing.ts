import type { Lane } from '../events.ts';
import type { Refusal } from '../refusal.ts';
import type { State } from '../state.ts';
import { askLocation } from './applying.ts';
import { confirmNow, isAwaited } from './confirming.ts';
import { beforeLiveness } from './navigation.ts';
import { checkReadiness } from './readiness.ts';
import { refresh, refreshRefused } from './showing.ts';
import {
  arrive,
  askOutcome,
  form,
  isCheckingAgain,
  journeyOf,
  knowing,
  meAgain,
  refusedOutcome,
  show,
  stay,
  step,
  type Handler,
  type Step,
} from './step.ts';

/** What a refusal leads to, and asking once more. */

export const refused: Handler<'refused'> = (state, { lane, refusal }, now) =>
  byLane[lane](withoutLostSession(state, refusal), refusal, now);

/** The host was asked for a session again and the issuer still has none: nobody is signed in. */
function withoutLostSession(state: State, { code }: Refusal): State {
  const lost = code === 'session-required' || code === 'session-expired';
  return lost && state.known.registered
    ? knowing(state, { registered: false, me: undefined })
    : state;
}

const byLane: Record<Lane, (state: State, refusal: Refusal, now: number) => Step> = {
  start(state, refusal) {
    const journey = journeyOf(state.screen);
    if (journey.name !== 'application' || journey.busy || journey.refusal) return step(state);
    return step(arrive(state, form(refusal)));
  },
  /** Finding out what is missing does not fail: what cannot be told is taken to be there. */
  readiness: stay,
  location: (state, refusal) =>
    state.known.location.status === 'asking'
      ? step(knowing(state, { location: { status: 'unnamed', refusal } }))
      : stay(state),
  submission(state, refusal) {
    const journey = journeyOf(state.screen);
    if (journey.name === 'application' && journey.busy) return step(arrive(state, form(refusal)));
    if (isAwaited(journey)) {
      return step(arrive(state, refusedOutcome(journey.purpose, refusal)));
    }
    if (isCheckingAgain(journey)) {
      return step(arrive(state, { ...journey, refreshing: false, refusal }));
    }
    return step(state);
  },
  liveness(state, refusal) {
    const { screen } = state;
    if (screen.name !== 'liveness' || screen.step !== 'running') return stay(state);
    return step(show(state, refusedOutcome(screen.purpose, refusal)));
  },
  codes: refreshRefused,
  records: (state, refusal) =>
    state.screen.name === 'records' ? step(show(state, { ...state.screen, refusal })) : step(state),
  /** Asking goes on by itself while the network is away, so this one is final. */
  review(state, refusal) {
    const journey = journeyOf(state.screen);
    return journey.name === 'outcome' && journey.outcome.status === 'pending'
      ? step(arrive(knowing(state, { underReview: undefined }), refusedOutcome('apply', refusal)))
      : step(state);
  },
};

export const retry: Handler<'retry'> = (state, _event, now) => {
  const { screen, known } = state;
  switch (screen.name) {
    case 'readiness':
      return step(show(state, { ...screen, checking: true }), checkReadiness);
    case 'application':
      if (known.location.status === 'failed' || known.location.status === 'unnamed') {
        return askLocation(state);
      }
      if (!screen.refusal || screen.busy) return stay(state);
      return step(show(state, form()), ...(known.me ? [] : meAgain(state)));
    case 'outcome':
      if (screen.outcome.status === 'refused') {
        return step(show(state, beforeLiveness(screen, state, now)));
      }
      if (screen.outcome.status !== 'pending') return confirmNow(state);
      return step(state, askOutcome(screen.outcome.id, 'nothing'));
    case 'code':
      return screen.refusal ? refresh(state, { type: 'refresh' }, now) : stay(state);
    case 'records':
      if (!screen.refusal || !known.registered) return stay(state);
      return step(show(state, { ...screen, refusal: undefined }), {
        type: 'load-records',
        lane: 'records',
      });
    default:
      return stay(state);
  }
};
