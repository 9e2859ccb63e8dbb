import type { State } from '../state.ts';
import { askLocation } from './applying.ts';
import { checkReadiness, isUntouchedForm } from './readiness.ts';
import {
  abandon,
  arrive,
  form,
  journeyOf,
  knowing,
  meAgain,
  show,
  stay,
  step,
  type Handler,
  type Step,
} from './step.ts';
import { goOn, overcome } from './going-on.ts';

/** What becomes known about the world and about whoever is signed in. */

/** The server's clock has come with it, so the phone's can be judged. */
export const policyKnown: Handler<'policy-known'> = (state, { policy }) => {
  const known = overcome(knowing(state, { policy }));
  return isUntouchedForm(known.state) ? step(known.state, ...known.effects, checkReadiness) : known;
};

export const settingsKnown: Handler<'settings-known'> = (state, { able }) =>
  state.known.opensSettings === able ? stay(state) : step(knowing(state, { opensSettings: able }));

export const openSettings: Handler<'open-settings'> = (state, { of }) =>
  state.known.opensSettings ? step(state, { type: 'open-settings', of }) : stay(state);

export const sessionKnown: Handler<'session-known'> = (state, { registered }) => {
  const { state: settled, effects } = sessionSettled(state, registered);
  // Whoever was forgotten on the form finds it as it was opened: asking where they are.
  const unasked = settled.screen.name === 'application' && isUnasked(settled);
  if (!unasked) return step(settled, ...effects);
  const asking = askLocation(settled);
  return step(asking.state, ...effects, ...asking.effects);
};

const isUnasked = ({ known }: State): boolean => known.location.status === 'unasked';

function sessionSettled(state: State, registered: boolean): Step {
  const known = registered
    ? knowing(state, { registered, draft: undefined, confirmed: undefined })
    : knowing(state, { registered, me: undefined });
  if (registered === (state.known.registered ?? false)) return step(known, ...meAgain(known));

  // What was asked as somebody else is asked no longer.
  const journey = journeyOf(state.screen);
  const asking = journey.name === 'application' && journey.busy;
  const settled = asking ? arrive(known, form()) : known;
  const dropped = asking ? [abandon('submission')] : [];
  const { screen } = settled;
  if (screen.name !== 'records') return step(settled, ...dropped, ...meAgain(settled));
  return registered
    ? step(show(settled, { ...screen, refusal: undefined }), ...dropped, ...meAgain(settled), {
        type: 'load-records',
        lane: 'records',
      })
    : step(
        show(settled, { ...screen, records: undefined, refusal: { code: 'session-required' } }),
        ...dropped,
      );
}

/** R4, and the masked identity that was not kept at rest. */
export const meKnown: Handler<'me-known'> = (state, { me }) => {
  const { showing } = state.known;
  const named =
    me && showing && !showing.holder ? { showing: { ...showing, holder: me.holder } } : {};
  return overcome(knowing(state, { me, ...named }));
};

export const recalled: Handler<'recalled'> = (state, { place, guestProofUntil }) =>
  step(knowing(state, { lastPlace: state.known.lastPlace ?? place, guestProofUntil }));

export const storageKnown: Handler<'storage-known'> = (state, { refused }) =>
  refused === state.known.storageRefused
    ? stay(state)
    : step(knowing(state, { storageRefused: refused }));

export const recordsKnown: Handler<'records-known'> = (state, { records }) =>
  state.screen.name === 'records'
    ? step(show(state, { ...state.screen, records, refusal: undefined }))
    : stay(state);

export const connectionChanged: Handler<'connection-changed'> = (state, { online }) => {
  if (online === state.known.online) return stay(state);
  const known = knowing(state, { online });
  return online ? goOn(known) : step(known);
};

export const slowness: Handler<'slowness'> = (state, { lane, slow }) => {
  const { slow: before } = state.known;
  if (before.includes(lane) === slow) return stay(state);
  return step(
    knowing(state, {
      slow: slow ? [...before, lane] : before.filter((other) => other !== lane),
    }),
  );
};
