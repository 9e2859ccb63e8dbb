import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FlowEvent } from '../../widget/flow/events.ts';
import type { State } from '../../widget/flow/state.ts';
import { transition } from '../../widget/flow/transition.ts';
import { application, at, code, guest, me, registered, showing } from '../elements/states.ts';
import { events, states, typed } from './samples.ts';

const after = (state: State, event: FlowEvent, now = at) => transition(state, event, now);
const types = ({ effects }: ReturnType<typeof transition>) => effects.map(({ type }) => type);
const tick = { type: 'time-passed', sure: true } as const;
const { grantExpiresAt, proof } = showing;
const withoutCodes = { ...showing, windows: [] };

describe('the code', () => {
  it('R15: changes nothing in the state from second to second: the windows say which code it is', () => {
    const state = states['code']!;
    assert.equal(after(state, tick, at + 60).state, state);
  });

  it('R16: 刷新 asks for codes once, and shows the new ones', () => {
    const asked = after(states['code']!, { type: 'refresh' });
    assert.deepEqual(types(asked), ['refresh-codes']);
    assert.equal(after(asked.state, { type: 'refresh' }).state, asked.state);
    const fresh = after(asked.state, events['refreshed']!).state;
    assert.equal(fresh.known.showing?.windows.length, 1);
    assert.deepEqual(fresh.screen, code);
  });

  it('R16, B1: 刷新 without a network, or refused, keeps the pack and says so', () => {
    const offline: State = { known: registered({ showing, online: false }), screen: code };
    const told = after(offline, { type: 'refresh' });
    assert.deepEqual(told.state.known.showing, showing);
    assert.deepEqual(told.state.screen, { ...code, refusal: { code: 'no-connection' } });
    assert.ok(!types(told).includes('refresh-codes'));

    const refused = after(states['code-refreshing']!, events['refused codes']!);
    assert.deepEqual(refused.state.known.showing, showing);
    assert.deepEqual(refused.state.screen, { ...code, refusal: { code: 'no-connection' } });
  });

  it('R16: what 刷新 said of the missing network is gone when the network is back', () => {
    const offline: State = { known: registered({ showing, online: false }), screen: code };
    const told = after(offline, { type: 'refresh' });
    const back = after(told.state, { type: 'connection-changed', online: true });
    assert.deepEqual(back.state.screen, { ...code, refusal: undefined });
  });

  it('R16: a grant that the issuer has ended takes the code away at once', () => {
    const ended = after(states['code-refreshing']!, {
      type: 'refused',
      lane: 'codes',
      refusal: { code: 'verification-required' },
    });
    assert.deepEqual(ended.state.known.showing?.windows, []);
    assert.deepEqual(ended.state.screen, { ...code, status: 'verification-required' });
    assert.deepEqual(types(ended), ['abandon', 'drop-grant']);
    assert.equal(ended.state.known.showing?.endedEarly, true, 'its time was not up');
    const later = after(ended.state, tick, grantExpiresAt).state.known.showing;
    assert.equal(later?.endedEarly, true, 'nor is that why, once it would have been');
  });

  it('R17: a grant whose time was up before the issuer said so has not ended early', () => {
    const ended = after(
      states['code-refreshing']!,
      { type: 'refused', lane: 'codes', refusal: { code: 'verification-required' } },
      grantExpiresAt,
    );
    assert.equal(ended.state.known.showing?.endedEarly, undefined);
  });

  it('R17: to the second at the grant’s end the code goes and a check is asked for', () => {
    const state = states['code-scan']!;
    assert.equal(after(state, tick, grantExpiresAt - 1).state, state);
    const ended = after(state, tick, grantExpiresAt);
    assert.deepEqual(ended.state.screen, { ...code, status: 'verification-required' });
    assert.deepEqual(ended.state.known.showing, withoutCodes);
    assert.deepEqual(types(ended), ['abandon', 'drop-grant']);
  });

  it('B3: while the time is not sure the codes are hidden, not dropped, and come back with it', () => {
    const hidden = after(states['code']!, { type: 'time-passed', sure: false }, grantExpiresAt);
    assert.deepEqual(hidden.state.screen, { ...code, status: 'verification-required' });
    assert.deepEqual(hidden.state.known.showing, showing);
    assert.ok(!types(hidden).includes('drop-grant'));
    assert.deepEqual(after(hidden.state, tick, at).state.screen, code);
  });

  it('R17: the codes go whatever screen is shown', () => {
    const ended = after({ known: guest({ showing }), screen: application }, tick, grantExpiresAt);
    assert.deepEqual(ended.state.known.showing, withoutCodes);
    assert.equal(ended.state.screen, application);
  });

  it('R17, R20: the new check is a view, for the same person, and can be refused in place', () => {
    const registeredEnded: State = {
      known: registered({ showing: { ...withoutCodes, grantExpiresAt: at - 1 } }),
      screen: { ...code, status: 'verification-required' },
    };
    const guestEnded: State = {
      ...registeredEnded,
      known: guest({
        ...registeredEnded.known,
        registered: false,
        me: undefined,
        confirmed: typed,
      }),
    };
    for (const [state, identity] of [
      [registeredEnded, undefined],
      [guestEnded, typed],
    ] as const) {
      const asked = after(state, { type: 'verify-again' });
      const [submitted] = asked.effects;
      assert.ok(submitted?.type === 'submit');
      assert.equal(submitted.purpose, 'view');
      assert.deepEqual(submitted.identity, identity);
      assert.equal(after(asked.state, { type: 'verify-again' }).state, asked.state);
      const refused = after(asked.state, events['refused submission']!).state.screen;
      assert.deepEqual(refused, { ...state.screen, refusal: { code: 'unavailable' } });
      const check = after(asked.state, events['liveness-required view']!).state.screen;
      assert.equal(check.name, 'liveness');
    }
  });

  it('R10, R22: to the second at the proof’s end the page says so, and one can apply again', () => {
    const state: State = { known: registered({ showing: withoutCodes }), screen: code };
    const last: State = { ...state, screen: { ...code, status: 'verification-required' } };
    assert.equal(after(last, tick, proof.validUntil - 1).state, last);
    const ended = after(last, tick, proof.validUntil);
    assert.deepEqual(ended.state.screen, { ...code, status: 'proof-ended' });
    const again = after(ended.state, events['open application']!, proof.validUntil);
    assert.equal(again.state.screen.name, 'application');
  });

  it('R18: what a guest who leaves leaves behind is when the proof ends, and nothing of who it is', () => {
    const forgotten = after(states['code-of-guest']!, { type: 'forgotten', because: 'left' });
    assert.deepEqual(forgotten.state, {
      known: guest({ registered: undefined, guestProofUntil: proof.validUntil }),
      screen: application,
    });
    assert.deepEqual(types(forgotten), ['abandon', 'tell-host']);
  });

  it('R18: a word about a guest’s proof is left for this tab, taken back by signing out', () => {
    const issued = after({ known: guest(), screen: application }, events['shown issued']!);
    const note = issued.effects.find((effect) => effect.type === 'leave-note');
    assert.equal(note?.guestProofUntil, proof.validUntil);
    const signedOut = after(issued.state, { type: 'forgotten', because: 'signed-out' });
    const taken = signedOut.effects.find((effect) => effect.type === 'leave-note');
    assert.ok(taken && taken.guestProofUntil === undefined);
    const mine = after({ known: registered(), screen: application }, events['shown issued']!);
    assert.ok(!types(mine).includes('leave-note'));
  });

  it('R19: forgetting drops everything about a person, from every state', () => {
    for (const [name, state] of Object.entries(states)) {
      const signedOut = { type: 'forgotten', because: 'signed-out' } as const;
      const { known, screen } = after(state, signedOut).state;
      const { policy, online, opensSettings } = state.known;
      const kept = { registered: undefined, policy, online, opensSettings };
      assert.deepEqual(known, { ...guest(), ...kept }, name);
      assert.ok(['services', 'application', 'help'].includes(screen.name), name);
    }
  });

  it('R19: what the vault brings back can be shown, without the name until the issuer tells it', () => {
    const holder = undefined;
    const state: State = { known: registered({ me: undefined }), screen: { name: 'services' } };
    const restored = after(state, { type: 'restored', showing: { ...showing, holder } }).state;
    const opened = after(restored, events['open code']!).state;
    assert.deepEqual(opened.screen, code);
    assert.equal(opened.known.showing?.holder, undefined);
    const named = after(opened, { type: 'me-known', me }).state;
    assert.deepEqual(named.known.showing?.holder, me.holder);
  });

  it('R19: whoever was quicker than the vault finds the code in place of an untouched form', () => {
    const form: State = { known: registered(), screen: application };
    assert.deepEqual(after(form, events['restored']!).state.screen, code);
    const late = after(form, events['restored']!, proof.renewFrom).state;
    assert.equal(late.screen, application, 'R11: the next one may be what is wanted');
    const busy: State = { known: registered(), screen: { ...application, busy: 'apply' } };
    assert.equal(after(busy, events['restored']!).state.screen, busy.screen);
  });

  it('R18: the phone’s back button ends scan mode, and a guest’s code stays', () => {
    const scanning = states['code-scan']!;
    const { state, effects } = after(scanning, { type: 'back', source: 'host' });
    assert.deepEqual(state, { ...scanning, screen: { ...code, scan: false } });
    assert.deepEqual(effects, []);
  });

  it('scan mode is for a code that is shown, and ends with it', () => {
    const on = after(states['code']!, events['scan-mode on']!).state;
    assert.deepEqual(on.screen, { ...code, scan: true });
    const gone = states['code-proof-ended']!;
    assert.equal(after(gone, events['scan-mode on']!).state, gone);
  });

  it('R23: a registered user’s records are loaded, a guest is told that there are none', () => {
    const loaded = after(states['code']!, events['open records']!);
    assert.equal(types(loaded)[0], 'load-records');
    const none = after(states['services']!, events['open records']!);
    assert.ok(none.state.screen.name === 'records');
    assert.equal(none.state.screen.refusal?.code, 'session-required');
    assert.ok(!types(none).includes('load-records'));
    const signedIn = after(none.state, events['session-known registered']!);
    assert.deepEqual(types(signedIn), ['load-me', 'load-records']);
  });
});
