import { holderCalls, keySetCall } from '../../widget/protocol/calls.ts';
import { gateCalls } from '../../widget/protocol/gate-calls.ts';
import type { ProblemCode } from '../../widget/protocol/problems.ts';
import type { DescribedCall } from './openapi.ts';

const ofIdentity: ProblemCode[] = [
  'unsupported-document',
  'invalid-name',
  'invalid-id-number',
  'first-generation-id-number',
  'consent-required',
  'session-required',
];
const ofLiveness: ProblemCode[] = [
  'not-found',
  'liveness-failed',
  'liveness-expired',
  'liveness-mismatch',
  'no-valid-proof',
];

/** Every call of the contract with what a reader wants to know of it. */
export const describedCalls: readonly DescribedCall[] = [
  {
    name: 'metadata',
    call: holderCalls.metadata,
    summary: 'Endpoints, policy and the server’s time; brings the first nonce',
    problems: [],
  },
  { name: 'keySet', call: keySetCall, summary: 'The issuer’s public keys', problems: [] },
  {
    name: 'me',
    call: holderCalls.me,
    summary: 'What a signed-in traveller may know before liveness',
    problems: [],
  },
  {
    name: 'place',
    call: holderCalls.place,
    summary: 'The city of coordinates and the nearest paper windows; nothing is kept',
    problems: [],
  },
  {
    name: 'apply',
    call: holderCalls.apply,
    summary: 'Apply for a proof; answers the liveness check to pass next',
    problems: [...ofIdentity, 'location-required'],
  },
  {
    name: 'completeApplication',
    call: holderCalls.completeApplication,
    summary: 'End the liveness check of an application: proof, grant and pack',
    problems: [...ofLiveness, 'quota-exhausted', 'proof-still-valid', 'review-pending'],
  },
  {
    name: 'application',
    call: holderCalls.application,
    summary: 'The outcome of an application; never a grant',
    problems: ['not-found'],
  },
  {
    name: 'view',
    call: holderCalls.view,
    summary: 'Ask to look at a proof again; never uses an application',
    problems: ofIdentity,
  },
  {
    name: 'completeView',
    call: holderCalls.completeView,
    summary: 'End the liveness check of a look: the proof’s grant and pack',
    problems: ofLiveness,
  },
  {
    name: 'codes',
    call: holderCalls.codes,
    summary: 'A fresh pack for the rest of the grant',
    problems: ['no-valid-proof'],
  },
  {
    name: 'records',
    call: holderCalls.records,
    summary: 'Applications since the same day of last month',
    problems: [],
  },
  {
    name: 'signOut',
    call: holderCalls.signOut,
    summary: 'End the grants of this key',
    problems: [],
  },
  {
    name: 'denylist',
    call: gateCalls.denylist,
    summary: 'The signed list of grants ended early',
    problems: [],
  },
  {
    name: 'manifest',
    call: gateCalls.manifest,
    summary: 'The signed tickets of a station and service day',
    problems: ['invalid-request'],
  },
  {
    name: 'admit',
    call: gateCalls.admit,
    summary:
      'Check a code with the state that all lanes share, and use it; or tell what a gate that was alone has admitted',
    problems: [],
  },
  {
    name: 'inspect',
    call: gateCalls.inspect,
    summary: 'Look at whose code it is, as far as the purpose needs it; every look is recorded',
    problems: [],
  },
];
