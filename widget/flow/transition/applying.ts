import { readIdentity } from '../../protocol/identity.ts';
import { supportedDocument } from '../../protocol/documents.ts';
import type { TypedIdentity } from '../../protocol/messages/holder.ts';
import type { Effect } from '../effects.ts';
import type { UserEvent } from '../events.ts';
import type { Refusal, RefusalCode } from '../refusal.ts';
import type { Screen, State } from '../state.ts';
import {
  arrive,
  form,
  isCheckingAgain,
  journeyOf,
  knowing,
  refusedOutcome,
  show,
  stay,
  step,
  type Handler,
  type Step,
} from './step.ts';

/** The form: where one is, who one is, 立即申请 and 查看. */

type Submission = Extract<UserEvent, { type: 'submit' }>;

export const locate: Handler<'locate'> = (state) =>
  state.screen.name === 'application' ? askLocation(state) : stay(state);

export const askLocation = (state: State): Step =>
  step(knowing(state, { location: { status: 'asking' } }), { type: 'locate', lane: 'location' });

export const located: Handler<'located'> = (state, { place }) => {
  if (state.known.location.status !== 'asking') return stay(state);
  const found = knowing(state, { location: { status: 'found', place }, lastPlace: place });
  const journey = journeyOf(state.screen);
  const answered = journey.name === 'application' && journey.refusal?.code === 'location-required';
  return step(answered ? arrive(found, form()) : found, { type: 'keep-place', place });
};

export const locationFailed: Handler<'location-failed'> = (state, { reason }) =>
  state.known.location.status === 'asking'
    ? step(knowing(state, { location: { status: 'failed', reason } }))
    : stay(state);

export const placeRefused: Handler<'place-refused'> = (state, { refusal }) =>
  state.known.location.status === 'asking'
    ? step(knowing(state, { location: { status: 'unnamed', refusal } }))
    : stay(state);

export const fillIn: Handler<'fill-in'> = (state, { identity }) =>
  state.screen.name === 'application' && !state.known.registered
    ? step(knowing(state, { draft: identity }))
    : stay(state);

export const submit: Handler<'submit'> = (state, event, now) => {
  if (state.screen.name !== 'application' || state.screen.busy) return stay(state);
  const kept = remember(state, event);
  const refusal = objection(kept.state, event, now);
  if (refusal) return step(show(kept.state, form(refusal)), ...kept.effects);

  const { location } = kept.state.known;
  if (event.purpose === 'apply' && location.status !== 'found') {
    const refused = show(kept.state, form({ code: 'location-required' }));
    if (location.status !== 'unasked') return step(refused, ...kept.effects);
    const asking = askLocation(refused);
    return step(asking.state, ...kept.effects, ...asking.effects);
  }
  if (event.purpose === 'apply') {
    const spent = quotaRefusal(kept.state, now);
    if (spent) return step(show(kept.state, refusedOutcome('apply', spent)), ...kept.effects);
  }
  return step(
    show(kept.state, { name: 'application', busy: event.purpose, refusal: undefined }),
    ...kept.effects,
    submission(kept.state, event),
  );
};

const submission = (state: State, { purpose, identity, consent }: Submission): Effect => ({
  type: 'submit',
  lane: 'submission',
  purpose,
  // A signed-in traveller's identity comes from the session: it never enters the page (R4).
  identity: state.known.registered ? undefined : identity,
  consent,
  place:
    purpose === 'apply' && state.known.location.status === 'found'
      ? state.known.location.place.id
      : '',
});

/**
 * Keeps what a guest typed. When that is another person than the one whose code is on this phone,
 * the former one's code goes: nobody is shown another's.
 */
function remember(state: State, { identity, consent }: Submission): Step {
  const { registered, confirmed, showing } = state.known;
  if (registered || !identity) return stay(state);
  const typed = { draft: identity, ...(consent ? { confirmed: identity } : {}) };
  const another = showing && confirmed && !sameText(confirmed, identity);
  return another
    ? step(knowing(state, { ...typed, showing: undefined }), { type: 'drop-grant' })
    : step(knowing(state, typed));
}

const sameText = (a: TypedIdentity, b: TypedIdentity): boolean =>
  a.name === b.name && a.number === b.number && a.documentType === b.documentType;

/** What the form itself has against a submission: the issuer would say the same (R5, R7). */
function objection(state: State, event: Submission, now: number): Refusal | undefined {
  const { registered, me } = state.known;
  if (registered) {
    const unsupported = me && me.documentType !== supportedDocument;
    return unsupported ? { code: 'unsupported-document' } : undefined;
  }
  const nothingTyped = { name: '', documentType: supportedDocument, number: '' } as const;
  const read = readIdentity(event.identity ?? nothingTyped, now);
  if (!read.ok) return { code: read.problem };
  return event.consent ? undefined : { code: 'consent-required' };
}

/**
 * R9, told to the signed-in before a check that could not help them. A proof that is still valid
 * and not renewable yet goes first: it is shown, and uses no application (R7).
 */
function quotaRefusal(state: State, now: number): Refusal | undefined {
  const { me } = state.known;
  if (!me || me.applicationsLeft > 0) return undefined;
  if (me.proof && now < me.proof.renewFrom) return undefined;
  if (me.applicationsFrom !== undefined && now >= me.applicationsFrom) return undefined;
  return { code: 'quota-exhausted', availableFrom: me.applicationsFrom };
}

export const livenessRequired: Handler<'liveness-required'> = (state, event) => {
  const journey = journeyOf(state.screen);
  const asked =
    journey.name === 'application'
      ? journey.busy === event.purpose
      : isCheckingAgain(journey) && event.purpose === 'view';
  if (!asked) return stay(state);
  return step(
    arrive(state, {
      name: 'liveness',
      purpose: event.purpose,
      id: event.required.id,
      transaction: event.required.liveness,
      step: 'explain',
    }),
  );
};

/** There is a proof, and one more check leads to it. */
const isViewable = (outcome: Extract<Screen, { name: 'outcome' }>['outcome']): boolean =>
  outcome.status === 'approved' ||
  (outcome.status === 'refused' && needsCheck.has(outcome.refusal.code));

const needsCheck: ReadonlySet<RefusalCode> = new Set([
  'verification-required',
  'credential-required',
]);

/** Looks at the proof again by a new check (R17); whoever it belongs to is known already. */
export const verifyAgain: Handler<'verify-again'> = (state) => {
  const { screen } = state;
  const approved = screen.name === 'outcome' && isViewable(screen.outcome);
  const ended =
    screen.name === 'code' && screen.status === 'verification-required' && !screen.refreshing;
  if (!approved && !ended) return stay(state);

  const { registered, confirmed } = state.known;
  if (!registered && !confirmed) return step(show(state, form()));
  return step(
    show(
      state,
      screen.name === 'code'
        ? { ...screen, refreshing: true, refusal: undefined }
        : { name: 'application', busy: 'view', refusal: undefined },
    ),
    submission(state, {
      type: 'submit',
      purpose: 'view',
      identity: confirmed,
      // Given with the identity, and like it no older than this visit.
      consent: true,
    }),
  );
};
