import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FlowEvent } from '../../widget/flow/events.ts';
import type { State } from '../../widget/flow/state.ts';
import { transition } from '../../widget/flow/transition.ts';
import { checkCharacter } from '../../widget/protocol/resident-id.ts';
import {
  application,
  at,
  code,
  guest,
  liveness,
  me,
  place,
  registered,
  showing,
} from '../elements/states.ts';
import { events, states, typed } from './samples.ts';

const found = { location: { status: 'found', place } } as const;
const after = (state: State, event: FlowEvent, now = at) => transition(state, event, now);
const types = ({ effects }: ReturnType<typeof transition>) => effects.map(({ type }) => type);
const told = ({ effects }: ReturnType<typeof transition>) =>
  effects.flatMap((effect) => (effect.type === 'tell-host' ? [effect.event] : []));
const apply = { type: 'submit', purpose: 'apply', identity: typed, consent: true } as const;
const view = { ...apply, purpose: 'view' } as const;
/** Of a residence permit (R5), with a right check character. */
const foreign = `81000019900307021${checkCharacter('81000019900307021')}`;
const onForm = (known: State['known']): State => ({ known, screen: application });
const refusalOn = ({ state: { screen } }: ReturnType<typeof transition>) =>
  screen.name === 'application' ? screen.refusal : undefined;

describe('applying', () => {
  it('R1, R2: the list leads to the form, which asks for the location; back leads to the list', () => {
    const opened = after(states['services']!, events['open application']!);
    assert.equal(opened.state.screen.name, 'application');
    assert.deepEqual(types(opened), ['abandon', 'check-readiness', 'locate', 'tell-host']);
    assert.equal(after(opened.state, { type: 'back' }).state.screen.name, 'services');
  });

  it('back from the list leaves the component', () => {
    assert.deepEqual(types(after(states['services']!, { type: 'back' })), ['leave']);
  });

  it('R4: whoever is signed in is asked about, and their number never enters a submission', () => {
    const signedIn = after(onForm(guest(found)), events['session-known registered']!);
    assert.deepEqual(types(signedIn), ['load-me']);
    const known = after(signedIn.state, { type: 'me-known', me });
    assert.deepEqual(known.state.known.me, me);
    const [submitted] = after(known.state, apply).effects;
    assert.equal(submitted?.type === 'submit' && submitted.identity, undefined);
  });

  it('R5: a document that cannot apply is refused before anything is sent', () => {
    for (const change of [
      { documentType: 'passport', number: 'X1' },
      { number: foreign },
    ] as const) {
      const refused = after(onForm(guest(found)), {
        ...apply,
        identity: { ...typed, ...change },
      });
      assert.deepEqual(types(refused), ['tell-host']);
      assert.equal(refusalOn(refused)?.code, 'unsupported-document');
    }
    const byPassport = registered({ ...found, me: { ...me, documentType: 'passport' } });
    assert.equal(refusalOn(after(onForm(byPassport), apply))?.code, 'unsupported-document');
  });

  it('R6: no application without a found place; each failure keeps its reason and can be retried', () => {
    for (const location of [
      { status: 'asking' },
      { status: 'failed', reason: 'denied' },
      { status: 'failed', reason: 'unavailable' },
      { status: 'failed', reason: 'timeout' },
      { status: 'failed', reason: 'unanswered' },
      { status: 'failed', reason: 'no-answer' },
      { status: 'failed', reason: 'unsupported' },
      { status: 'unnamed', refusal: { code: 'no-connection' } },
    ] as const) {
      const refused = after(onForm(guest({ location })), apply);
      assert.equal(refusalOn(refused)?.code, 'location-required');
      assert.deepEqual(refused.state.known.location, location);
      assert.ok(!types(refused).includes('submit'));
      if (location.status === 'asking') continue;
      assert.deepEqual(types(after(refused.state, { type: 'retry' })), ['locate']);
    }
    const unasked = after(onForm(guest()), apply);
    assert.deepEqual(types(unasked), ['locate', 'tell-host'], 'asked for at once');
    const answered = after(unasked.state, { type: 'located', place });
    assert.equal(refusalOn(answered), undefined, 'the refusal goes with its reason');
    assert.deepEqual(types(after(answered.state, apply)), ['submit']);
  });

  it('R6: each reason of the phone, and the issuer that cannot name the city, reaches the screen', () => {
    const asking = states['application-locating']!;
    for (const reason of [
      'denied',
      'unavailable',
      'timeout',
      'unanswered',
      'no-answer',
      'unsupported',
    ] as const) {
      const { location } = after(asking, { type: 'location-failed', reason }).state.known;
      assert.deepEqual(location, { status: 'failed', reason });
    }
    const refusal = { code: 'unavailable' } as const;
    const unnamed = after(asking, { type: 'place-refused', refusal }).state.known.location;
    assert.deepEqual(unnamed, { status: 'unnamed', refusal });
  });

  it('R7: a guest must be who they say and confirm it, to apply as well as to view', () => {
    for (const submission of [apply, view]) {
      const unconfirmed = after(onForm(guest(found)), { ...submission, consent: false });
      assert.equal(refusalOn(unconfirmed)?.code, 'consent-required');
      const nameless = after(onForm(guest(found)), { ...submission, identity: undefined });
      assert.equal(refusalOn(nameless)?.code, 'invalid-name');
    }
  });

  it('R7: 查看 needs no location, 立即申请 sends the place', () => {
    const [viewed] = after(onForm(guest()), view).effects;
    assert.deepEqual(viewed, {
      type: 'submit',
      lane: 'submission',
      purpose: 'view',
      identity: typed,
      consent: true,
      place: '',
    });
    const [applied] = after(onForm(guest(found)), apply).effects;
    assert.equal(applied?.type === 'submit' && applied.place, place.id);
  });

  it('R7: whoever applies with a proof still valid is shown that proof, and told so', () => {
    const shown = after(states['outcome-waiting']!, events['shown existing']!);
    assert.deepEqual(shown.state.screen, { ...code, existing: true });
    assert.ok(!told(shown).some(({ name }) => name === 'issued'));
  });

  it('R7: a registered user whose proof is on the phone is shown it instead of the form, a guest not', () => {
    const open = events['open application']!;
    const mine = after({ known: registered({ showing }), screen: { name: 'services' } }, open);
    assert.equal(mine.state.screen.name, 'code');
    const theirs = after({ known: guest({ showing }), screen: { name: 'services' } }, open);
    assert.equal(theirs.state.screen.name, 'application');
  });

  it("another guest's submission takes the former one's code off the phone", () => {
    const state = onForm(guest({ ...found, showing, confirmed: typed }));
    const another = after(state, { ...apply, identity: { ...typed, name: '何青禾' } });
    assert.equal(another.state.known.showing, undefined);
    assert.deepEqual(types(another), ['drop-grant', 'submit']);
    assert.deepEqual(after(state, apply).state.known.showing, showing);
  });

  it('what a guest types is kept for coming back to the form, and of a signed-in user nothing', () => {
    const fillIn = { type: 'fill-in', identity: typed } as const;
    const typing = after(onForm(guest()), fillIn);
    assert.deepEqual(typing.state.known.draft, typed);
    assert.deepEqual(typing.effects, []);
    const help = after(typing.state, events['open help']!);
    assert.deepEqual(after(help.state, { type: 'back' }).state, typing.state);
    const mine = onForm(registered());
    assert.equal(after(mine, fillIn).state, mine);
  });

  it('the place that was found is kept for the next visit, which shows its paper windows', () => {
    const asking = onForm(guest({ location: { status: 'asking' } }));
    const located = after(asking, { type: 'located', place });
    assert.deepEqual(located.effects, [{ type: 'keep-place', place }]);
    const recalled = { type: 'recalled', place, guestProofUntil: undefined } as const;
    assert.deepEqual(after(onForm(guest()), recalled).state.known.lastPlace, place);
  });

  it('R9: the signed-in learn before any check that no application is left, and from when again', () => {
    const spent = { ...me, applicationsLeft: 0, applicationsFrom: at + 1000 };
    const refused = after(onForm(registered({ ...found, me: spent })), apply);
    assert.deepEqual(refused.state.screen, {
      name: 'outcome',
      purpose: 'apply',
      outcome: {
        status: 'refused',
        refusal: { code: 'quota-exhausted', availableFrom: at + 1000 },
      },
    });
    assert.deepEqual(told(refused).at(-1), { name: 'refused', code: 'quota-exhausted' });
  });

  it('R9, R20: without applications left one can view, be shown a valid proof, and apply next month', () => {
    const spent = { ...me, applicationsLeft: 0, applicationsFrom: at + 1000 };
    const form = (change: object) => onForm(registered({ ...found, me: { ...spent, ...change } }));
    assert.deepEqual(types(after(form({}), view)), ['submit']);
    assert.deepEqual(types(after(form({ proof: showing.proof }), apply)), ['submit']);
    assert.deepEqual(types(after(form({}), apply, at + 1000)), ['submit']);
  });

  it('R11: from the moment of renewal the form opens and applies again', () => {
    const state: State = { known: registered({ ...found, showing }), screen: { name: 'services' } };
    const { renewFrom } = showing.proof;
    const open = events['open application']!;
    assert.equal(after(state, open, renewFrom - 1).state.screen.name, 'code');
    const form = after(state, open, renewFrom);
    assert.equal(form.state.screen.name, 'application');
    assert.deepEqual(types(after(form.state, apply, renewFrom)), ['submit']);
  });

  it('R11: an application that came too early is answered with the moment from which it would not', () => {
    const refused = after(states['outcome-waiting']!, {
      type: 'refused',
      lane: 'submission',
      refusal: { code: 'proof-still-valid', availableFrom: at + 60 },
    });
    const { screen } = refused.state;
    assert.equal(screen.name, 'outcome');
    assert.deepEqual(screen.name === 'outcome' && screen.outcome, {
      status: 'refused',
      refusal: { code: 'proof-still-valid', availableFrom: at + 60 },
    });
  });

  it('asks the issuer once, however often the button is pressed', () => {
    const busy = after(onForm(guest(found)), apply).state;
    assert.equal(after(busy, apply).state, busy);
    assert.deepEqual(types(after(busy, apply)), []);
  });

  it('an issuer that no longer knows the session makes a guest of the user, and says so', () => {
    const busy = after(onForm(registered(found)), apply).state;
    const refused = after(busy, {
      type: 'refused',
      lane: 'submission',
      refusal: { code: 'session-expired' },
    });
    assert.equal(refused.state.known.registered, false);
    assert.equal(refusalOn(refused)?.code, 'session-expired');
  });
});

describe('proving it is you', () => {
  it('R13: nothing but a passed liveness check leads from a submission to a code', () => {
    for (const submission of [apply, view]) {
      const busy = after(onForm(guest(found)), submission).state;
      const asked = after(busy, events[`liveness-required ${submission.purpose}`]!);
      assert.equal(asked.state.screen.name, 'liveness');
      const running = after(asked.state, { type: 'start-liveness' });
      assert.deepEqual(types(running), ['run-liveness']);
      const passed = after(running.state, { type: 'liveness-passed', assertion: 'a' });
      assert.deepEqual(passed.effects[0], {
        type: 'complete',
        lane: 'submission',
        purpose: submission.purpose,
        id: 'a1',
        assertion: 'a',
        after: 0,
      });
      const shown = after(passed.state, events['shown issued']!);
      assert.deepEqual(told(shown), [
        { name: 'issued', validUntil: showing.proof.validUntil },
        { name: 'step-changed', screen: 'code' },
        { name: 'code-shown' },
      ]);
    }
  });

  it('R13: an answer to what is no longer asked changes nothing', () => {
    for (const name of ['liveness-required apply', 'liveness-passed', 'liveness-cancelled']) {
      const state = states['services']!;
      assert.equal(after(state, events[name]!).state, state);
    }
  });

  it('a check that is no longer valid is not begun', () => {
    const late = after(states['liveness-explain']!, { type: 'start-liveness' }, at + 120);
    assert.deepEqual(told(late).at(-1), { name: 'refused', code: 'liveness-expired' });
    assert.ok(!types(late).includes('run-liveness'));
  });

  it('back and cancel lead to where the check was asked for, and end it', () => {
    const form = after(states['liveness-running']!, { type: 'back' });
    assert.equal(form.state.screen.name, 'application');
    assert.deepEqual(form.effects[0], {
      type: 'abandon',
      lanes: ['submission', 'liveness', 'codes'],
    });
    const again = after(states['liveness-view-of-registered']!, { type: 'liveness-cancelled' });
    assert.deepEqual(again.state.screen, { ...code, status: 'verification-required' });
  });

  it('R14: approved, refused and still under review each have their outcome', () => {
    const waiting = states['outcome-waiting']!;
    assert.equal(after(waiting, events['shown issued']!).state.screen.name, 'code');
    const failed = after(waiting, {
      type: 'refused',
      lane: 'submission',
      refusal: { code: 'liveness-failed' },
    });
    assert.deepEqual(told(failed), [{ name: 'refused', code: 'liveness-failed' }]);
    const pending = after(waiting, events['application-known pending']!);
    assert.deepEqual(pending.state, states['outcome-pending']);
    assert.deepEqual(pending.effects[0], {
      type: 'ask-outcome',
      lane: 'review',
      id: 'a1',
      after: 'a-pause',
    });
    const approved = after(pending.state, events['application-known approved']!);
    assert.deepEqual(told(approved)[0], { name: 'issued', validUntil: showing.proof.validUntil });
    const refused = after(pending.state, events['application-known refused']!);
    assert.deepEqual(told(refused), [{ name: 'refused', code: 'review-refused' }]);
  });

  it('R14: whoever is doing something else is not torn away by a late outcome', () => {
    const refused = { ...events['application-known refused']!, id: 'another' } as FlowEvent;
    for (const name of ['code', 'liveness-running', 'application-applying', 'outcome-waiting']) {
      const state = states[name]!;
      assert.deepEqual(after(state, refused).state, state, name);
    }
  });

  it('R14, R13: approved while nobody looked, the code needs a check of its own', () => {
    const viewed = after(states['outcome-approved']!, { type: 'verify-again' });
    assert.equal(viewed.effects[0]?.type === 'submit' && viewed.effects[0].purpose, 'view');
  });

  it('B6: help and records in front of a running journey do not stop it', () => {
    const answered = after(states['help-over-waiting']!, events['shown issued']!);
    assert.equal(answered.state.screen.name, 'help');
    assert.deepEqual(after(answered.state, { type: 'back' }).state.screen, code);
  });
});

describe('a check that help is opened over', () => {
  it('begins anew afterwards, since its stage was taken away', () => {
    const helped = after(states['liveness-running']!, events['open help']!);
    assert.deepEqual(after(helped.state, { type: 'back' }).state.screen, liveness);
  });
});
