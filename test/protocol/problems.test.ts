import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as v from 'valibot';
import {
  Problem,
  problemCodeOf,
  problemCodes,
  ProblemDocument,
  problemStatuses,
  problemType,
} from '../../widget/protocol/problems.ts';

describe('the list of problems', () => {
  it('is closed: these and no others', () => {
    const contract =
      'invalid-request unsupported-document invalid-id-number first-generation-id-number ' +
      'invalid-name consent-required location-required proof-still-valid quota-exhausted ' +
      'liveness-failed liveness-expired liveness-mismatch review-pending review-refused ' +
      'no-valid-proof verification-required session-required session-expired ' +
      'credential-required invalid-dpop-proof use-dpop-nonce idempotency-conflict rate-limited ' +
      'not-found unavailable';
    assert.deepEqual([...problemCodes].sort(), contract.split(' ').sort());
  });

  it('gives each its HTTP status: the asker’s fault, or ours, or not yet decided', () => {
    for (const code of problemCodes) {
      const status = problemStatuses[code];
      assert.ok((status >= 400 && status < 600) || code === 'review-pending', code);
    }
    assert.equal(problemStatuses['review-pending'], 202);
    assert.equal(problemStatuses.unavailable, 503);
    assert.equal(problemStatuses['rate-limited'], 429);
    // RFC 9449, section 9: a nonce is asked for with 401.
    assert.equal(problemStatuses['use-dpop-nonce'], 401);
  });
});

describe('a problem document (RFC 9457)', () => {
  const document = (type: string) => ({ type, status: 409 });

  it('is read for every problem of the list', () => {
    for (const code of problemCodes) {
      const read = v.parse(ProblemDocument, document(problemType(code)));
      assert.equal(problemCodeOf(read), code);
    }
  });

  it('keeps when to come back and how many tries remain', () => {
    const sent = { ...document(problemType('quota-exhausted')), availableFrom: 1, attemptsLeft: 2 };
    assert.deepEqual(v.parse(ProblemDocument, sent), sent);
  });

  it('of any other type is refused, prototype names and foreign prefixes of equal length too', () => {
    for (const type of [
      '',
      'about:blank',
      'not-found',
      problemType('not-found').toUpperCase(),
      `${problemType('not-found')} `,
      'urn:boarding-id:problem:',
      'urn:boarding-id:problem:__proto__',
      'urn:boarding-id:problem:constructor',
      'urn:boarding-id:problem:toString',
      `${'x'.repeat('urn:boarding-id:problem:'.length)}not-found`,
    ]) {
      assert.equal(v.is(ProblemDocument, document(type)), false, type);
    }
  });

  it('without a type or a status is none', () => {
    assert.equal(v.is(ProblemDocument, { status: 409 }), false);
    assert.equal(v.is(ProblemDocument, { type: problemType('not-found') }), false);
    assert.equal(v.is(ProblemDocument, null), false);
    assert.equal(v.is(ProblemDocument, []), false);
  });

  it('may have members of others, which are left behind (RFC 9457, section 3.2)', () => {
    const sent = { ...document(problemType('not-found')), instance: '/x', trace: '1' };
    assert.deepEqual(v.parse(ProblemDocument, sent), document(problemType('not-found')));
  });
});

it('a thrown problem carries its code, and says it when it has nothing more to say', () => {
  const plain = new Problem('not-found');
  assert.ok(plain instanceof Error);
  assert.deepEqual([plain.name, plain.code, plain.message], ['Problem', 'not-found', 'not-found']);
  const full = new Problem('rate-limited', { detail: 'slower', retryAfter: 5 });
  assert.deepEqual([full.message, full.details.retryAfter], ['slower', 5]);
});
