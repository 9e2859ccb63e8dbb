import type { Effect } from './effects.ts';
import type { FlowEvent } from './events.ts';
import { refusalOf, showsCode, type State } from './state.ts';
import * as applying from './transition/applying.ts';
import * as confirming from './transition/confirming.ts';
import * as learning from './transition/learning.ts';
import * as navigation from './transition/navigation.ts';
import * as proving from './transition/proving.ts';
import * as readiness from './transition/readiness.ts';
import * as refusing from './transition/refusing.ts';
import * as showing from './transition/showing.ts';
import type { Handler, Step } from './transition/step.ts';

export type { Step } from './transition/step.ts';

const handlers: { [Type in FlowEvent['type']]: Handler<Type> } = {
  open: navigation.open,
  back: navigation.back,
  locate: applying.locate,
  proceed: readiness.proceed,
  'fill-in': applying.fillIn,
  submit: applying.submit,
  'start-liveness': proving.startLiveness,
  refresh: showing.refresh,
  'verify-again': applying.verifyAgain,
  'scan-mode': showing.scanMode,
  'open-settings': learning.openSettings,
  retry: refusing.retry,

  'policy-known': learning.policyKnown,
  'session-known': learning.sessionKnown,
  'readiness-known': readiness.readinessKnown,
  'me-known': learning.meKnown,
  restored: showing.restored,
  recalled: learning.recalled,
  'storage-known': learning.storageKnown,
  'application-found': proving.applicationFound,
  'application-known': proving.applicationKnown,
  located: applying.located,
  'location-failed': applying.locationFailed,
  'place-refused': applying.placeRefused,
  'liveness-required': applying.livenessRequired,
  'liveness-passed': proving.livenessPassed,
  'liveness-cancelled': proving.livenessCancelled,
  unconfirmed: confirming.unconfirmed,
  shown: proving.shown,
  refreshed: showing.refreshed,
  'records-known': learning.recordsKnown,
  refused: refusing.refused,

  'time-passed': showing.timePassed,
  'connection-changed': learning.connectionChanged,
  'settings-known': learning.settingsKnown,
  slowness: learning.slowness,
  forgotten: navigation.forgotten,
};

/**
 * What happens next: pure, and defined for every event in every state. An event that means nothing
 * in a state answers the same state object and no effects.
 *
 * @param now the server's clock, whole seconds since the epoch
 */
export function transition(state: State, event: FlowEvent, now: number): Step {
  const handle = handlers[event.type] as Handler<FlowEvent['type']>;
  const { state: next, effects } = handle(state, event, now);
  return { state: next, effects: [...effects, ...news(state, next)] };
}

/** What the host is told of a step, whichever event brought it. */
function news(before: State, after: State): readonly Effect[] {
  if (before.screen === after.screen) return [];
  const effects: Effect[] = [];
  const screen = after.screen.name;
  if (screen !== before.screen.name) {
    effects.push({ type: 'tell-host', event: { name: 'step-changed', screen } });
  }
  if (showsCode(after) && !showsCode(before)) {
    effects.push({ type: 'tell-host', event: { name: 'code-shown' } });
  }
  const refusal = refusalOf(after.screen);
  if (refusal && refusal !== refusalOf(before.screen)) {
    effects.push({ type: 'tell-host', event: { name: 'refused', code: refusal.code } });
  }
  return effects;
}
