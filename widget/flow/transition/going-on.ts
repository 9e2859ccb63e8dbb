import type { State } from '../state.ts';
import { askLocation } from './applying.ts';
import { confirmNow } from './confirming.ts';
import { checkReadiness } from './readiness.ts';
import { arrive, journeyOf, meAgain, show, stay, step, type Step } from './step.ts';

/** The network is back: what its absence has kept from succeeding goes on by itself. */
export function goOn(state: State): Step {
  const parts = [overcome, confirmNow, namePlace, loadRecords, learnMe, lookAgain];
  return parts.reduce<Step>((before, part) => {
    const { state: next, effects } = part(before.state);
    return step(next, ...before.effects, ...effects);
  }, stay(state));
}

/** A notice goes with its cause; what was typed is still there, so submitting again is one tap. */
export function overcome(state: State): Step {
  const journey = journeyOf(state.screen);
  const isGone = 'refusal' in journey && journey.refusal?.code === 'no-connection';
  return isGone ? step(arrive(state, { ...journey, refusal: undefined })) : stay(state);
}

function namePlace(state: State): Step {
  const { location } = state.known;
  const missed = location.status === 'unnamed' && location.refusal.code === 'no-connection';
  return missed ? askLocation(state) : stay(state);
}

function loadRecords(state: State): Step {
  const { screen } = state;
  if (screen.name !== 'records' || screen.refusal?.code !== 'no-connection') return stay(state);
  return step(show(state, { ...screen, refusal: undefined }), {
    type: 'load-records',
    lane: 'records',
  });
}

/** B4: what was missing may have been the network. */
const lookAgain = (state: State): Step =>
  step(state, ...(state.screen.name === 'readiness' ? [checkReadiness] : []));

const learnMe = (state: State): Step => step(state, ...(state.known.me ? [] : meAgain(state)));
