import type { FlowEvent } from '../../widget/flow/events.ts';
import type { Screen, State } from '../../widget/flow/state.ts';
import { checkCharacter } from '../../widget/protocol/resident-id.ts';
import { policy } from '../../widget/protocol/policy.ts';
import {
  application,
  at,
  code,
  codeText,
  guest,
  liveness,
  me,
  place,
  registered,
  showing,
  states as drawnStates,
} from '../elements/states.ts';

/** A person of a county that does not exist. */
export const typed = {
  name: '林小满',
  documentType: 'resident-id',
  number: `11999919900307021${checkCharacter('11999919900307021')}`,
} as const;

const found = { location: { status: 'found', place } } as const;
const waiting: Screen = {
  name: 'outcome',
  purpose: 'apply',
  outcome: { status: 'waiting', id: 'a1' },
};

/** Every state that looks different, and those that only differ in what is under way. */
export const states: Readonly<Record<string, State>> = {
  ...drawnStates,
  'application-locating': { known: guest({ location: { status: 'asking' } }), screen: application },
  'application-applying': {
    known: guest({ ...found, draft: typed }),
    screen: { ...application, busy: 'apply' },
  },
  'application-viewing': {
    known: guest({ draft: typed }),
    screen: { ...application, busy: 'view' },
  },
  'liveness-view-of-registered': {
    known: registered({ showing: { ...showing, windows: [], grantExpiresAt: at - 1 } }),
    screen: { ...liveness, purpose: 'view', step: 'running' },
  },
  'code-of-guest': {
    known: guest({ ...found, showing, draft: typed, confirmed: typed }),
    screen: code,
  },
  'code-refreshing': { known: registered({ showing }), screen: { ...code, refreshing: true } },
  'code-checking-again': {
    known: registered({ showing: { ...showing, windows: [], grantExpiresAt: at - 1 } }),
    screen: { ...code, status: 'verification-required', refreshing: true },
  },
  'help-over-waiting': { known: guest(found), screen: { name: 'help', behind: waiting } },
  'records-of-guest': {
    known: guest(),
    screen: {
      name: 'records',
      records: undefined,
      refusal: { code: 'session-required' },
      behind: { name: 'services' },
    },
  },
};

const required = { id: 'a1', liveness: liveness.transaction };
const fresh = [{ code: codeText(9), from: at, until: at + 60 }];

/** Every event, and each of its forms that can lead elsewhere. */
export const events: Readonly<Record<string, FlowEvent>> = {
  'open services': { type: 'open', screen: 'services' },
  'open application': { type: 'open', screen: 'application' },
  'open code': { type: 'open', screen: 'code' },
  'open records': { type: 'open', screen: 'records' },
  'open help': { type: 'open', screen: 'help' },
  back: { type: 'back' },
  locate: { type: 'locate' },
  'fill-in': { type: 'fill-in', identity: typed },
  'submit apply': { type: 'submit', purpose: 'apply', identity: typed, consent: true },
  'submit view': { type: 'submit', purpose: 'view', identity: typed, consent: true },
  'start-liveness': { type: 'start-liveness' },
  refresh: { type: 'refresh' },
  'verify-again': { type: 'verify-again' },
  'scan-mode on': { type: 'scan-mode', on: true },
  'scan-mode off': { type: 'scan-mode', on: false },
  'open-settings': { type: 'open-settings', of: 'location' },
  proceed: { type: 'proceed' },
  retry: { type: 'retry' },
  'policy-known': { type: 'policy-known', policy },
  'session-known registered': { type: 'session-known', registered: true },
  'session-known guest': { type: 'session-known', registered: false },
  'readiness-known clear': { type: 'readiness-known', obstacles: [] },
  'readiness-known offline': { type: 'readiness-known', obstacles: ['offline'] },
  'me-known': { type: 'me-known', me },
  restored: { type: 'restored', showing },
  recalled: { type: 'recalled', place, guestProofUntil: at + 60 },
  'storage-known refused': { type: 'storage-known', refused: true },
  'storage-known kept': { type: 'storage-known', refused: false },
  'application-found': { type: 'application-found', id: 'a1' },
  'application-known started': {
    type: 'application-known',
    id: 'a1',
    application: { status: 'started' },
  },
  'application-known pending': {
    type: 'application-known',
    id: 'a1',
    application: { status: 'review-pending' },
  },
  'application-known approved': {
    type: 'application-known',
    id: 'a1',
    application: { status: 'approved', proof: showing.proof },
  },
  'application-known refused': {
    type: 'application-known',
    id: 'a1',
    application: { status: 'refused', reason: 'review-refused' },
  },
  located: { type: 'located', place },
  'location-failed': { type: 'location-failed', reason: 'denied' },
  'place-refused': { type: 'place-refused', refusal: { code: 'unavailable' } },
  'liveness-required apply': { type: 'liveness-required', purpose: 'apply', required },
  'liveness-required view': { type: 'liveness-required', purpose: 'view', required },
  'liveness-passed': { type: 'liveness-passed', assertion: 'a' },
  'liveness-cancelled': { type: 'liveness-cancelled' },
  unconfirmed: {
    type: 'unconfirmed',
    purpose: 'apply',
    id: 'a1',
    assertion: 'assertion',
    refusal: { code: 'no-connection' },
  },
  'shown issued': { type: 'shown', outcome: 'issued', showing },
  'shown existing': { type: 'shown', outcome: 'existing', showing },
  refreshed: { type: 'refreshed', windows: fresh, pack: { codes: ['c'], serverTime: at * 1000 } },
  'records-known': { type: 'records-known', records: { since: at, records: [] } },
  'refused start': { type: 'refused', lane: 'start', refusal: { code: 'unavailable' } },
  'refused location': { type: 'refused', lane: 'location', refusal: { code: 'unavailable' } },
  'refused submission': { type: 'refused', lane: 'submission', refusal: { code: 'unavailable' } },
  'refused liveness': { type: 'refused', lane: 'liveness', refusal: { code: 'liveness-failed' } },
  'refused codes': { type: 'refused', lane: 'codes', refusal: { code: 'no-connection' } },
  'refused records': { type: 'refused', lane: 'records', refusal: { code: 'unavailable' } },
  'refused review': { type: 'refused', lane: 'review', refusal: { code: 'not-found' } },
  'time-passed': { type: 'time-passed', sure: true },
  'time-passed unsure': { type: 'time-passed', sure: false },
  'connection-changed online': { type: 'connection-changed', online: true },
  'connection-changed offline': { type: 'connection-changed', online: false },
  'settings-known': { type: 'settings-known', able: true },
  'forgotten left': { type: 'forgotten', because: 'left' },
  'forgotten signed-out': { type: 'forgotten', because: 'signed-out' },
  'slowness begins': { type: 'slowness', lane: 'submission', slow: true },
  'slowness ends': { type: 'slowness', lane: 'submission', slow: false },
};
