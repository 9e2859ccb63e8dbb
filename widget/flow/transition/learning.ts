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
} from './step.ts';
import { goOn, overcome } from './going-on.ts';

/** What becomes known about the world and about whoever is signed in. */

export const policyKnown: Handler<'policy-known'> = (state, { policy }) =>
  overcome(knowing(state, { policy }));

export const sessionKnown: Handler<'session-known'> = (state, { registered }) => {
  const known = registered
    ? knowing(state, { registered, draft: undefined })
    : knowing(state, { registered, me: undefined });
  if (registered === state.known.registered) return step(known, ...meAgain(known));

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
};

/** R4, and the masked identity that was not kept at rest. */
export const meKnown: Handler<'me-known'> = (state, { me }) => {
  const { showing } = state.known;
  const named =
    me && showing && !showing.holder ? { showing: { ...showing, holder: me.holder } } : {};
  return overcome(knowing(state, { me, ...named }));
};

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
