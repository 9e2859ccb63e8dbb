import type { Effect } from '../effects.ts';
import { initialState } from '../initial-state.ts';
import type { DeepLink, Purpose, Screen, State } from '../state.ts';
import {
  abandon,
  arrive,
  askOutcome,
  codeScreen,
  form,
  journeyLanes,
  journeyOf,
  knowing,
  meAgain,
  show,
  stay,
  step,
  type Handler,
  type JourneyScreen,
  type Step,
} from './step.ts';

/** Opening, going back, leaving. */

export const open: Handler<'open'> = (state, { screen }, now) => byLink[screen](state, now);

const byLink: Record<DeepLink, (state: State, now: number) => Step> = {
  services: (state) => leaveFor(state, { name: 'services' }),
  application: openApplication,
  code: openCode,
  records: openRecords,
  help: (state) =>
    state.screen.name === 'help'
      ? stay(state)
      : step(inFront(state, (behind) => ({ name: 'help', behind }))),
};

/** Registered users have records; guests have none (R23). */
function openRecords(state: State): Step {
  const behind = journeyOf(state.screen);
  const { registered } = state.known;
  const front = inFront(show(state, behind), (journey) => ({
    name: 'records',
    records: undefined,
    refusal: registered ? undefined : { code: 'session-required' },
    behind: journey,
  }));
  return registered ? step(front, { type: 'load-records', lane: 'records' }) : step(front);
}

/** Without a proof on the phone, 查看 stands on the application page (R7). */
function openCode(state: State, now: number): Step {
  const { showing } = state.known;
  return showing ? leaveFor(state, codeScreen(showing, now)) : openForm(state);
}

/**
 * A registered user whose application is under review, or whose proof cannot be renewed yet, is shown
 * that instead of a form (R7, R14).
 * A guest's form may be for somebody else.
 */
function openApplication(state: State, now: number): Step {
  const { showing, registered, underReview } = state.known;
  if (registered && underReview !== undefined) {
    return leaveFor(state, {
      name: 'outcome',
      purpose: 'apply',
      outcome: { status: 'pending', id: underReview },
    });
  }
  const isEarly = showing && registered && now < showing.proof.renewFrom;
  return isEarly ? openCode(state, now) : openForm(state);
}

/** What failed to be found before the form was opened again is asked for again. */
export function openForm(state: State): Step {
  const { me, location } = state.known;
  const left = leaveFor(state, form());
  const effects: Effect[] = [...left.effects];
  effects.push({ type: 'check-readiness', lane: 'readiness' });
  if (!me) effects.push(...meAgain(state));
  if (location.status === 'asking' || location.status === 'found') {
    return step(left.state, ...effects);
  }
  return step(knowing(left.state, { location: { status: 'asking' } }), ...effects, {
    type: 'locate',
    lane: 'location',
  });
}

/**
 * What ran for the journey ends with it. But a check that was handed in may have been decided on:
 * its answer is waited for, or its application asked about (B6).
 */
function leaveFor(state: State, screen: Screen): Step {
  const journey = journeyOf(state.screen);
  const left = show(state, screen);
  if (journey.name !== 'outcome') return step(left, abandon(...journeyLanes));
  const { purpose, outcome } = journey;
  if (outcome.status === 'waiting') return step(left, abandon('liveness', 'codes'));
  return outcome.status === 'unconfirmed' && purpose === 'apply'
    ? step(left, abandon(...journeyLanes), askOutcome(outcome.id, 'nothing'))
    : step(left, abandon(...journeyLanes));
}

/** A running check loses its stage to whatever is put in front of it, so it begins anew after. */
function inFront(state: State, front: (behind: Screen) => Screen): State {
  const journey = journeyOf(state.screen);
  const settled =
    journey.name === 'liveness' && journey.step === 'running'
      ? arrive(state, { ...journey, step: 'explain' })
      : state;
  return show(settled, front(settled.screen));
}

export const back: Handler<'back'> = (state, { source = 'screen' }, now) => {
  const { screen } = state;
  if (screen.name === 'records' || screen.name === 'help') return step(show(state, screen.behind));
  if (screen.name === 'services') return step(state, { type: 'leave', source });
  // The phone's own back button in scan mode: at a gate, a guest's code must not go with it.
  if (screen.name === 'code' && screen.scan) return step(show(state, { ...screen, scan: false }));
  const target = backFrom(screen, state, now);
  return target ? leaveFor(state, target) : stay(state);
};

function backFrom(screen: JourneyScreen, state: State, now: number): JourneyScreen | undefined {
  switch (screen.name) {
    case 'liveness':
      return beforeLiveness(screen, state, now);
    case 'outcome':
      // The check is used up: its answer is waited for rather than thrown away.
      if (screen.outcome.status === 'waiting') return undefined;
      if (screen.outcome.status === 'pending') return { name: 'services' };
      return beforeLiveness(screen, state, now);
    default:
      return { name: 'services' };
  }
}

/** Where a check was asked for: on the code screen after R17, otherwise on the form. */
export const beforeLiveness = (
  { purpose }: { purpose: Purpose },
  state: State,
  now: number,
): JourneyScreen =>
  purpose === 'view' && state.known.showing ? codeScreen(state.known.showing, now) : form();

/**
 * R18, R19: only what says nothing about a person stays, and after signing out not even a trace. Who is
 * there then is not known: data can be cleared while somebody is signed in, who is shown no guest's form.
 */
export const forgotten: Handler<'forgotten'> = (state, { because }) => {
  const { platform, policy, online, opensSettings, registered, showing, lastPlace } = state.known;
  const left = because === 'left';
  const traces = left
    ? { lastPlace, guestProofUntil: registered ? undefined : showing?.proof.validUntil }
    : { registered: undefined };
  return step(
    {
      known: { ...initialState.known, platform, policy, online, opensSettings, ...traces },
      screen: afterForgetting(state.screen),
    },
    abandon('start', 'readiness', 'location', ...journeyLanes, 'records', 'review'),
    ...(left ? [] : [{ type: 'leave-note', guestProofUntil: undefined } as const]),
  );
};

function afterForgetting(screen: Screen): Screen {
  switch (screen.name) {
    case 'services':
      return screen;
    case 'help':
      return { ...screen, behind: afterForgetting(screen.behind) };
    case 'records':
      return afterForgetting(screen.behind);
    default:
      return form();
  }
}
