import type { UserEvent } from '../flow/events.ts';
import type { RefusalCode } from '../flow/refusal.ts';
import type { Dictionary } from '../locales/index.ts';

/** What a refused traveller can do in the component itself; the paper window stands besides. */
export interface NextStep {
  label: (texts: Dictionary) => string;
  event: UserEvent;
}

const retry: NextStep = { label: (texts) => texts.retry, event: { type: 'retry' } };
const form: NextStep = { label: (texts) => texts.outcome.backToForm, event: { type: 'back' } };
const apply: NextStep = {
  label: (texts) => texts.outcome.applyNow,
  event: { type: 'open', screen: 'application' },
};
const verify: NextStep = { label: (texts) => texts.code.verify, event: { type: 'verify-again' } };
const view: NextStep = {
  label: (texts) => texts.outcome.viewExisting,
  event: { type: 'open', screen: 'code' },
};

/** None where trying again cannot help. */
export const nextSteps: Readonly<Record<RefusalCode, NextStep | undefined>> = {
  'invalid-request': retry,
  'unsupported-document': undefined,
  'invalid-id-number': form,
  'first-generation-id-number': form,
  'invalid-name': form,
  'consent-required': form,
  'location-required': form,
  'proof-still-valid': view,
  'quota-exhausted': undefined,
  'liveness-failed': retry,
  'liveness-expired': retry,
  'liveness-mismatch': retry,
  'review-pending': undefined,
  'review-refused': undefined,
  'no-valid-proof': apply,
  'verification-required': verify,
  'session-required': form,
  'session-expired': undefined,
  'credential-required': verify,
  'invalid-dpop-proof': retry,
  'use-dpop-nonce': retry,
  'idempotency-conflict': retry,
  'rate-limited': retry,
  'not-found': apply,
  unavailable: retry,
  'no-connection': retry,
  'unintelligible-answer': retry,
  'liveness-undelivered': retry,
  'camera-denied': retry,
  'camera-missing': undefined,
  'camera-busy': retry,
  'liveness-unavailable': retry,
  'keys-unavailable': undefined,
};
