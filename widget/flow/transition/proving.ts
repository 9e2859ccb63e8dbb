import type { Proof } from '../../protocol/messages/holder.ts';
import type { Effect } from '../effects.ts';
import type { State } from '../state.ts';
import { completion, isAbout, waitingFor } from './confirming.ts';
import { beforeLiveness } from './navigation.ts';
import {
  abandon,
  arrive,
  askOutcome,
  codeScreen,
  form,
  journeyOf,
  knowing,
  meAgain,
  refusedOutcome,
  show,
  stay,
  step,
  type Handler,
  type JourneyScreen,
} from './step.ts';

/** The liveness check (R13) and what comes of it (R14). */

export const startLiveness: Handler<'start-liveness'> = (state, _event, now) => {
  const { screen } = state;
  if (screen.name !== 'liveness' || screen.step === 'running') return stay(state);
  if (now >= screen.transaction.expiresAt) {
    return step(show(state, refusedOutcome(screen.purpose, { code: 'liveness-expired' })));
  }
  return step(show(state, { ...screen, step: 'running' }), {
    type: 'run-liveness',
    lane: 'liveness',
    transaction: screen.transaction,
  });
};

export const livenessPassed: Handler<'liveness-passed'> = (state, { assertion }) => {
  const { screen } = state;
  if (screen.name !== 'liveness' || screen.step !== 'running') return stay(state);
  const { purpose, id } = screen;
  return step(show(state, waitingFor(purpose, id)), completion(purpose, id, assertion));
};

export const livenessCancelled: Handler<'liveness-cancelled'> = (state, _event, now) => {
  const { screen } = state;
  if (screen.name !== 'liveness' || screen.step !== 'running') return stay(state);
  return step(show(state, beforeLiveness(screen, state, now)));
};

/** Issued, or found still valid: the code, whatever screen the answer finds (R7). */
export const shown: Handler<'shown'> = (state, { outcome, showing }, now) => {
  const journey = journeyOf(state.screen);
  const appliedFor = journey.name === 'outcome' && journey.purpose === 'apply';
  const existing = outcome === 'existing' && appliedFor ? ({ existing: true } as const) : {};
  return step(
    arrive(knowing(state, { showing, guestProofUntil: undefined, underReview: undefined }), {
      ...codeScreen(showing, now),
      ...existing,
    }),
    ...(state.known.registered ? [] : [noteOf(showing.proof)]),
    // An asking for the outcome of this very application has nothing left to find out.
    abandon('review'),
    ...(outcome === 'issued' ? [tellIssued(showing.proof)] : []),
    ...meAgain(state),
  );
};

/** The page was left while an application was under way (B6). */
export const applicationFound: Handler<'application-found'> = (state, { id }) =>
  step(state, askOutcome(id, 'nothing'));

export const applicationKnown: Handler<'application-known'> = (before, { id, application }) => {
  const state = underReview(before, application.status === 'review-pending' ? id : undefined);
  const journey = journeyOf(state.screen);
  const asked = isAbout(journey, id);
  const onForm = journey.name === 'application' && !journey.busy;
  /** Whoever is in the middle of something else is not torn away from it. */
  const idle = asked || onForm || journey.name === 'services';
  const { proof, reason } = application;

  switch (application.status) {
    case 'started':
      // Its check was never passed, so there is nothing to wait for.
      return step(asked ? arrive(state, form()) : state);
    case 'review-pending':
      return step(
        asked || onForm ? arrive(state, outcomeOf({ status: 'pending', id })) : state,
        askOutcome(id, 'a-pause'),
      );
    case 'approved':
      return step(
        idle ? arrive(state, outcomeOf({ status: 'approved' })) : state,
        ...(proof ? [tellIssued(proof)] : []),
        ...meAgain(state),
      );
    default:
      return step(
        idle ? arrive(state, refusedOutcome('apply', { code: reason ?? 'review-refused' })) : state,
      );
  }
};

const underReview = (state: State, id: string | undefined): State =>
  state.known.underReview === id ? state : knowing(state, { underReview: id });

const outcomeOf = (
  outcome: Extract<JourneyScreen, { name: 'outcome' }>['outcome'],
): JourneyScreen => ({ name: 'outcome', purpose: 'apply', outcome });

/** So that a guest who has left finds a word about it on the form (R18). */
const noteOf = ({ validUntil }: Proof): Effect => ({
  type: 'leave-note',
  guestProofUntil: validUntil,
});

const tellIssued = ({ validUntil }: Proof): Effect => ({
  type: 'tell-host',
  event: { name: 'issued', validUntil },
});
