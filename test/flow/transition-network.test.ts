import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FlowEvent } from '../../widget/flow/events.ts';
import type { State } from '../../widget/flow/state.ts';
import { transition } from '../../widget/flow/transition.ts';
import { application, at, code, guest, place, registered, showing } from '../elements/states.ts';
import { events, states } from './samples.ts';

const after = (state: State, event: FlowEvent) => transition(state, event, at);
const types = ({ effects }: ReturnType<typeof transition>) => effects.map(({ type }) => type);
const online = events['connection-changed online']!;
const away = { code: 'no-connection' } as const;
const found = { location: { status: 'found', place } } as const;

describe('the network is back', () => {
  it('a notice that it was away goes, and another stays', () => {
    const known = guest({ ...found, online: false });
    const gone = after({ known, screen: { ...application, refusal: away } }, online);
    assert.deepEqual(gone.state.screen, application);
    const screen = { ...application, refusal: { code: 'unavailable', retryAfter: 600 } } as const;
    assert.deepEqual(after({ known, screen }, online).state.screen, screen);
  });

  it('the place is looked up again, but not after the phone itself has refused it (R6)', () => {
    const unnamed = { location: { status: 'unnamed', refusal: away } } as const;
    const asked = after(
      { known: guest({ ...unnamed, online: false }), screen: application },
      online,
    );
    assert.deepEqual(types(asked), ['locate']);
    const denied = { location: { status: 'failed', reason: 'denied' } } as const;
    const left = after({ known: guest({ ...denied, online: false }), screen: application }, online);
    assert.deepEqual(types(left), []);
  });

  it('records come, and who is signed in is asked again', () => {
    const known = registered({ online: false, me: undefined });
    const screen = {
      name: 'records',
      records: undefined,
      refusal: away,
      behind: { ...application, refusal: away },
    } as const;
    const back = after({ known, screen }, online);
    assert.deepEqual(types(back), ['load-records', 'load-me']);
    assert.deepEqual(back.state.screen, { ...screen, refusal: undefined, behind: application });
  });

  it('is also known by an answer that came: the policy, or who is signed in', () => {
    const state: State = { known: guest(found), screen: { ...application, refusal: away } };
    for (const event of [events['policy-known']!, events['me-known']!]) {
      assert.deepEqual(after(state, event).state.screen, application);
    }
  });
});

describe('a check whose answer has not come (B6)', () => {
  const unconfirmed = states['outcome-unconfirmed']!;

  it('is handed in again by one tap or by the network, and by itself after a pause', () => {
    for (const event of [{ type: 'retry' }, online] as const) {
      const again = after(unconfirmed, event);
      assert.deepEqual(again.state.screen, states['outcome-waiting']!.screen);
      const [complete] = again.effects;
      assert.equal(complete?.type === 'complete' && complete.assertion, 'assertion');
      assert.equal(complete?.type === 'complete' && complete.after, 0);
    }
    const later = after(states['outcome-waiting']!, events['unconfirmed']!);
    assert.equal(later.effects[0]?.type === 'complete' && later.effects[0].after, 15);
    assert.deepEqual(types(later), ['complete'], 'the host is told of no refusal: there is none');
  });

  it('left for another screen, its application is asked about; a look has nothing to ask', () => {
    for (const event of [{ type: 'back' }, { type: 'open', screen: 'services' }] as const) {
      const left = after(unconfirmed, event);
      assert.ok(left.effects.some((effect) => effect.type === 'ask-outcome' && effect.id === 'a1'));
      const look = after(states['outcome-unconfirmed-view']!, event);
      assert.ok(!types(look).includes('ask-outcome'));
    }
  });

  it('while it is waited for, opening another screen does not throw the answer away', () => {
    const left = after(states['outcome-waiting']!, { type: 'open', screen: 'services' });
    for (const effect of left.effects) {
      assert.ok(effect.type !== 'abandon' || !effect.lanes.includes('submission'));
    }
    const late = after(left.state, events['unconfirmed']!);
    assert.deepEqual(types(late), ['ask-outcome']);
    assert.equal(late.state, left.state);
  });
});

describe('what has ended stays ended', () => {
  it('R17: a clock that is set back brings no empty code screen', () => {
    const known = registered({ showing: { ...showing, windows: [] } });
    const screen = { ...code, status: 'verification-required' } as const;
    const state: State = { known, screen };
    assert.equal(after(state, { type: 'time-passed', sure: true }).state, state);
  });

  it('R14: a registered user whose application is under review is shown that, not a form', () => {
    const known = registered({ underReview: 'a1' });
    const opened = after({ known, screen: { name: 'services' } }, events['open application']!);
    const { screen } = opened.state;
    assert.deepEqual(screen.name === 'outcome' && screen.outcome, { status: 'pending', id: 'a1' });
    const decided = after(opened.state, events['application-known refused']!);
    assert.equal(decided.state.known.underReview, undefined);
  });

  it('a refusal that asks for a check leads to one by one tap', () => {
    const outcome = { status: 'refused', refusal: { code: 'verification-required' } } as const;
    const state: State = {
      known: registered(found),
      screen: { name: 'outcome', purpose: 'apply', outcome },
    };
    const [submitted] = after(state, { type: 'verify-again' }).effects;
    assert.equal(submitted?.type === 'submit' && submitted.purpose, 'view');
  });
});
