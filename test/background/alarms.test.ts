import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { alarmsFor } from '../../extension/background/alarms.ts';
import { reminders, worthSaying } from '../../extension/background/reminders.ts';
import { at, hour, issuedAt, minute, renewFrom, someProof, validUntil } from './some-proof.ts';

const saidAt = (seconds: number, times = someProof) => [...worthSaying(times, at(seconds)).keys()];
/** For reminders only. */
const alarmsAt = (now: number, times = someProof) => {
  const { badge: _, ...rest } = Object.fromEntries(alarmsFor(times, reminders, now));
  return rest;
};

describe('the alarms', () => {
  it('stand where the issuer’s times are: renewal opens, proof ends, two minutes before the check', () => {
    assert.deepEqual(alarmsAt(at(issuedAt)), {
      renewal: at(renewFrom),
      end: at(validUntil),
      verification: at(issuedAt + 28 * minute),
    });
  });

  it('go by this clock, however wrong it is (B3)', () => {
    for (const clockOffset of [90_000.4, -7_200_000]) {
      const times = { ...someProof, clockOffset };
      assert.deepEqual(alarmsAt(at(issuedAt, clockOffset), times), {
        renewal: Math.ceil(at(renewFrom, clockOffset)),
        end: Math.ceil(at(validUntil, clockOffset)),
        verification: Math.ceil(at(issuedAt + 28 * minute, clockOffset)),
      });
    }
  });

  it('are none for an instant that has passed or is now', () => {
    assert.deepEqual(alarmsAt(at(renewFrom)), { end: at(validUntil) });
    assert.deepEqual(alarmsAt(at(validUntil)), {});
    assert.deepEqual([...alarmsFor(someProof, reminders, at(validUntil))], []);
  });

  it('are the wanted ones alone; the badge’s is always there', () => {
    assert.deepEqual([...alarmsFor(someProof, ['end'], at(issuedAt)).keys()], ['end', 'badge']);
    assert.deepEqual([...alarmsFor(someProof, [], at(issuedAt))], [['badge', at(issuedAt + hour)]]);
  });

  it('are none without a proof, and none for a check while there is no grant', () => {
    assert.equal(alarmsFor(undefined, reminders, at(issuedAt)).size, 0);
    const { verifyBy: _, ...ungranted } = someProof;
    assert.equal('verification' in alarmsAt(at(issuedAt), ungranted), false);
  });

  it('are none for a check that would come with the end, which no check puts off', () => {
    const times = { ...someProof, verifyBy: validUntil };
    assert.equal('verification' in alarmsAt(at(issuedAt), times), false);
    assert.deepEqual(saidAt(validUntil - minute, times), ['renewal']);
  });
});

describe('what is worth saying', () => {
  it('begins at its instant, to the second', () => {
    assert.deepEqual(saidAt(renewFrom - 1), []);
    assert.deepEqual(saidAt(renewFrom), ['renewal']);
    assert.deepEqual(saidAt(validUntil), ['end']);
    assert.deepEqual(saidAt(issuedAt + 28 * minute - 1), []);
    assert.deepEqual(saidAt(issuedAt + 28 * minute), ['verification']);
  });

  it('stops when nobody can act on it any more', () => {
    assert.deepEqual(saidAt(validUntil - 1), ['renewal']);
    assert.deepEqual(saidAt(issuedAt + 30 * minute), []);
    assert.deepEqual(saidAt(validUntil + 3 * hour - 1), ['end']);
    assert.deepEqual(saidAt(validUntil + 3 * hour), []);
  });
});
