import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { deepFreeze } from '../../widget/flow/deep-freeze.ts';
import { transition } from '../../widget/flow/transition.ts';
import { at } from '../elements/states.ts';
import { events, states } from './samples.ts';

/** In which states an event does something: changes the state, or has an effect. */
type Meaning = 'everywhere' | readonly string[] | { except: readonly string[] };

const table: Readonly<Record<string, Meaning>> = {
  'open services': 'everywhere',
  'open application': 'everywhere',
  'open code': 'everywhere',
  'open records': 'everywhere',
  'open help': { except: ['help', 'help-over-waiting'] },
  back: { except: ['outcome-waiting', 'outcome-waiting-slow'] },
  locate: [
    'application-asking-who',
    'application-guest',
    'application-other-document',
    'application-no-location',
    'application-blocked-location',
    'application-settings',
    'application-guest-proof',
    'application-clock-wrong',
    'application-refused',
    'application-slow',
    'application-locating-slow',
    'application-identity-unknown',
    'application-signed-in',
    'application-valid-proof',
    'application-locating',
    'application-applying',
    'application-viewing',
  ],
  'fill-in': [
    'application-asking-who',
    'application-guest',
    'application-other-document',
    'application-no-location',
    'application-blocked-location',
    'application-settings',
    'application-guest-proof',
    'application-clock-wrong',
    'application-refused',
    'application-locating-slow',
    'application-locating',
    'application-applying',
    'application-viewing',
  ],
  'submit apply': [
    'application-asking-who',
    'application-guest',
    'application-other-document',
    'application-no-location',
    'application-blocked-location',
    'application-settings',
    'application-guest-proof',
    'application-clock-wrong',
    'application-refused',
    'application-locating-slow',
    'application-identity-unknown',
    'application-signed-in',
    'application-valid-proof',
    'application-locating',
  ],
  'submit view': [
    'application-asking-who',
    'application-guest',
    'application-other-document',
    'application-no-location',
    'application-blocked-location',
    'application-settings',
    'application-guest-proof',
    'application-clock-wrong',
    'application-refused',
    'application-locating-slow',
    'application-identity-unknown',
    'application-signed-in',
    'application-valid-proof',
    'application-locating',
  ],
  'start-liveness': ['liveness-explain'],
  refresh: ['code', 'code-guest', 'code-not-kept', 'code-offline', 'code-scan', 'code-of-guest'],
  'verify-again': ['outcome-approved', 'code-verification-required', 'code-verification-refused'],
  'scan-mode on': [
    'code',
    'code-guest',
    'code-not-kept',
    'code-offline',
    'code-refreshing-slow',
    'code-of-guest',
    'code-refreshing',
  ],
  'scan-mode off': ['code-scan'],
  'open-settings': ['application-settings'],
  proceed: ['readiness-location', 'readiness-checking'],
  retry: [
    'readiness-insecure',
    'readiness-location',
    'readiness-checking',
    'application-no-location',
    'application-blocked-location',
    'application-settings',
    'application-refused',
    'application-identity-unknown',
    'outcome-unconfirmed',
    'outcome-unconfirmed-view',
    'outcome-undelivered',
    'outcome-pending',
    'outcome-quota',
    'outcome-liveness-failed',
    'code-offline',
    'records-refused',
  ],
  'policy-known': 'everywhere',
  'session-known registered': 'everywhere',
  'session-known guest': 'everywhere',
  'readiness-known clear': 'everywhere',
  'readiness-known offline': 'everywhere',
  'me-known': 'everywhere',
  restored: 'everywhere',
  recalled: 'everywhere',
  'storage-known refused': { except: ['code-not-kept'] },
  'storage-known kept': ['code-not-kept'],
  'application-found': 'everywhere',
  'application-known started': [
    'outcome-waiting',
    'outcome-unconfirmed',
    'outcome-pending',
    'help-over-waiting',
  ],
  'application-known pending': 'everywhere',
  'application-known approved': 'everywhere',
  'application-known refused': [
    'services',
    'application-asking-who',
    'application-guest',
    'application-other-document',
    'application-no-location',
    'application-blocked-location',
    'application-settings',
    'application-guest-proof',
    'application-clock-wrong',
    'application-refused',
    'application-locating-slow',
    'application-identity-unknown',
    'application-signed-in',
    'application-valid-proof',
    'outcome-waiting',
    'outcome-unconfirmed',
    'outcome-pending',
    'records-loading',
    'records-slow',
    'records-empty',
    'records-refused',
    'records',
    'help',
    'application-locating',
    'help-over-waiting',
    'records-of-guest',
  ],
  located: ['application-locating-slow', 'application-locating'],
  'location-failed': ['application-locating-slow', 'application-locating'],
  'place-refused': ['application-locating-slow', 'application-locating'],
  'liveness-required apply': ['application-slow', 'application-applying'],
  'liveness-required view': [
    'code-checking-again-slow',
    'application-viewing',
    'code-checking-again',
  ],
  'liveness-passed': ['liveness-running', 'liveness-view-of-registered'],
  'liveness-cancelled': ['liveness-running', 'liveness-view-of-registered'],
  unconfirmed: 'everywhere',
  'shown issued': 'everywhere',
  'shown existing': 'everywhere',
  refreshed: ['code-refreshing-slow', 'code-refreshing'],
  'records-known': [
    'records-loading',
    'records-slow',
    'records-empty',
    'records-refused',
    'records',
    'records-of-guest',
  ],
  'refused start': [
    'application-asking-who',
    'application-guest',
    'application-other-document',
    'application-no-location',
    'application-blocked-location',
    'application-settings',
    'application-guest-proof',
    'application-clock-wrong',
    'application-locating-slow',
    'application-signed-in',
    'application-valid-proof',
    'application-locating',
  ],
  'refused location': ['application-locating-slow', 'application-locating'],
  'refused submission': [
    'application-slow',
    'outcome-waiting',
    'outcome-waiting-slow',
    'outcome-unconfirmed',
    'outcome-unconfirmed-view',
    'code-checking-again-slow',
    'application-applying',
    'application-viewing',
    'code-checking-again',
    'help-over-waiting',
  ],
  'refused liveness': ['liveness-running', 'liveness-view-of-registered'],
  'refused codes': ['code-refreshing-slow', 'code-refreshing'],
  'refused records': [
    'records-loading',
    'records-slow',
    'records-empty',
    'records-refused',
    'records',
    'records-of-guest',
  ],
  'refused review': ['outcome-pending'],
  'time-passed': [
    'code-verification-required',
    'code-checking-again-slow',
    'code-verification-refused',
  ],
  'time-passed unsure': [
    'code-verification-required',
    'code-checking-again-slow',
    'code-verification-refused',
  ],
  'connection-changed online': ['outcome-unconfirmed', 'code-offline'],
  'connection-changed offline': { except: ['outcome-unconfirmed', 'code-offline'] },
  'settings-known': { except: ['application-settings'] },
  'forgotten left': 'everywhere',
  'forgotten signed-out': 'everywhere',
  'slowness begins': {
    except: [
      'application-slow',
      'outcome-waiting-slow',
      'outcome-unconfirmed-view',
      'code-checking-again-slow',
    ],
  },
  'slowness ends': [
    'application-slow',
    'outcome-waiting-slow',
    'outcome-unconfirmed-view',
    'code-checking-again-slow',
  ],
};

function meansSomething(meaning: Meaning | undefined, state: string): boolean {
  assert.ok(meaning, 'every event has its line in the table');
  if (meaning === 'everywhere') return true;
  return 'except' in meaning ? !meaning.except.includes(state) : meaning.includes(state);
}

describe('the transition function, every event in every state', () => {
  for (const [eventName, event] of Object.entries(events)) {
    it(`${eventName}: does something exactly where the table says, and is pure`, () => {
      for (const [stateName, state] of Object.entries(states)) {
        const before = structuredClone(state);
        const first = transition(deepFreeze(state), deepFreeze(event), at);
        const second = transition(state, event, at);
        assert.deepEqual(first, second, `${stateName}: the same answer twice`);
        assert.deepEqual(state, before, `${stateName}: the state given is left alone`);

        const does = first.state !== state || first.effects.length > 0;
        assert.equal(does, meansSomething(table[eventName], stateName), stateName);
      }
    });
  }

  it('knows no state or event that the table does not', () => {
    assert.deepEqual(Object.keys(table), Object.keys(events));
    const named = Object.values(table).flatMap((meaning) => {
      if (meaning === 'everywhere') return [];
      return 'except' in meaning ? [...meaning.except] : [...meaning];
    });
    for (const name of named) assert.ok(name in states, name);
  });

  it('B7: nothing that the host is told carries identity, whatever happens', () => {
    const allowed = new Set(['name', 'screen', 'validUntil', 'code', 'reason']);
    for (const state of Object.values(states)) {
      for (const event of Object.values(events)) {
        for (const effect of transition(state, event, at).effects) {
          if (effect.type !== 'tell-host') continue;
          for (const member of Object.keys(effect.event)) assert.ok(allowed.has(member), member);
        }
      }
    }
  });

  it('R6: no state and no event leads to an application without a found place', () => {
    for (const state of Object.values(states)) {
      for (const event of Object.values(events)) {
        const { state: next, effects } = transition(state, event, at);
        for (const effect of effects) {
          if (effect.type !== 'submit' || effect.purpose !== 'apply') continue;
          assert.equal(next.known.location.status, 'found');
          assert.notEqual(effect.place, '');
        }
      }
    }
  });
});
