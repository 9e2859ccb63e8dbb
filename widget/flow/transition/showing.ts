import type { Refusal } from '../refusal.ts';
import type { Showing, State } from '../state.ts';
import { isUntouchedForm } from './readiness.ts';
import {
  abandon,
  arrive,
  codeScreen,
  isRefreshing,
  journeyOf,
  knowing,
  meAgain,
  show,
  statusOf,
  stay,
  step,
  type Handler,
  type Step,
} from './step.ts';

/** The code while it may be shown, and its end (R15 to R17, R10). */

/** 刷新 (R16). Without a network the present code stays, and the screen says why. */
export const refresh: Handler<'refresh'> = (state) => {
  const { screen } = state;
  if (screen.name !== 'code' || screen.status !== 'live' || screen.refreshing) return stay(state);
  if (!state.known.online) {
    return step(show(state, { ...screen, refusal: { code: 'no-connection' } }));
  }
  return step(show(state, { ...screen, refreshing: true, refusal: undefined }), {
    type: 'refresh-codes',
    lane: 'codes',
  });
};

export const refreshed: Handler<'refreshed'> = (state, { windows }) => {
  const { showing } = state.known;
  const journey = journeyOf(state.screen);
  if (!showing || !isRefreshing(journey)) return stay(state);
  const fresh = knowing(state, { showing: { ...showing, windows } });
  return step(arrive(fresh, { ...journey, refreshing: false, refusal: undefined }));
};

/** 刷新 was refused: the pack serves on, unless the issuer says that the grant has ended. */
export function refreshRefused(state: State, refusal: Refusal, now: number): Step {
  const { showing } = state.known;
  if (refusal.code === 'verification-required' && showing) {
    const { grantExpiresAt } = showing;
    const early = now < grantExpiresAt ? { grantExpiresAt: now, endedEarly: true as const } : {};
    return endGrant(state, { ...showing, ...early }, now);
  }
  const journey = journeyOf(state.screen);
  if (!isRefreshing(journey)) return stay(state);
  return step(arrive(state, { ...journey, refreshing: false, refusal }));
}

export const scanMode: Handler<'scan-mode'> = (state, { on }) => {
  const { screen } = state;
  if (screen.name !== 'code' || screen.status !== 'live' || screen.scan === on) return stay(state);
  return step(show(state, { ...screen, scan: on }));
};

/**
 * A registered user is back within R17: the pack was in the vault (R19). Or another tab of theirs has
 * put a newer one there.
 */
export const restored: Handler<'restored'> = (state, { showing }, now) => {
  const holder = showing.holder ?? state.known.me?.holder ?? state.known.showing?.holder;
  const known = knowing(state, { showing: { ...showing, holder } });
  const isForm = state.screen.name === 'readiness' || isUntouchedForm(state);
  // Whoever was quicker than the vault finds on the form what opening it would have led to (R7).
  const instead = isForm && state.known.registered && now < showing.proof.renewFrom;
  if (!instead) {
    return journeyOf(state.screen).name === 'code'
      ? step(arrive(known, codeScreen(showing, now)), abandon('codes'))
      : step(known);
  }
  // Where one is, only the form has to know.
  const { location } = known.known;
  const unasked = location.status === 'asking' ? { location: { status: 'unasked' } as const } : {};
  return step(
    arrive(knowing(known, unasked), codeScreen(showing, now)),
    abandon('codes', 'location'),
  );
};

export const timePassed: Handler<'time-passed'> = (state, { sure }, now) => {
  const { showing } = state.known;
  if (!showing) return stay(state);
  const status = statusOf(showing, now);
  // Until the time is sure the pack is only hidden: a phone's clock that is set forward costs no code.
  if (sure && status !== 'live' && showing.windows.length > 0) return endGrant(state, showing, now);
  const journey = journeyOf(state.screen);
  if (journey.name !== 'code' || journey.status === status) return stay(state);
  return step(arrive(state, codeScreen(showing, now)), ...meAgain(state));
};

/** The pack goes with the grant; the proof stays, for it can be looked at again (R20). */
function endGrant(state: State, showing: Showing, now: number): Step {
  const ended = { ...showing, windows: [] };
  const journey = journeyOf(state.screen);
  const known = knowing(state, { showing: ended });
  return step(
    journey.name === 'code' ? arrive(known, codeScreen(ended, now)) : known,
    abandon('codes'),
    { type: 'drop-grant' },
  );
}
