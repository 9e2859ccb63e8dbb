import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as v from 'valibot';
import { Policy, policy } from '../../widget/protocol/policy.ts';

const minutes = 60;
const hours = 60 * minutes;

describe('the policy', () => {
  it('R9: lets a person apply three times a month', () =>
    assert.equal(policy.applicationsPerMonth, 3));
  it('R10: lets a proof live 24 hours', () => assert.equal(policy.proofSeconds, 24 * hours));
  it('R11: opens renewal 3 hours before the end', () =>
    assert.equal(policy.renewBeforeSeconds, 3 * hours));
  it('R15: changes the code every 60 seconds', () => assert.equal(policy.codeSeconds, 60));
  it('R17: asks for liveness again after 30 minutes', () =>
    assert.equal(policy.grantSeconds, 30 * minutes));
  it('B1: needs 30 codes for a grant', () =>
    assert.equal(policy.grantSeconds / policy.codeSeconds, 30));
  it('B3: tolerates 10 seconds at a gate', () => assert.equal(policy.gateLeewaySeconds, 10));

  it('never trusts a denylist older than every live grant', () => {
    assert.ok(policy.denylistMaximumSeconds <= policy.grantSeconds);
    assert.ok(policy.denylistSeconds < policy.denylistMaximumSeconds);
  });

  it('is one that an issuer may publish', () => {
    assert.deepEqual(v.parse(Policy, policy), policy);
  });

  it('has only whole seconds and counts from one: nothing else is published', () => {
    for (const name of Object.keys(policy)) {
      for (const value of [0, -1, 1.5, NaN, Infinity, '60', null, undefined]) {
        assert.equal(
          v.is(Policy, { ...policy, [name]: value }),
          false,
          `${name}: ${String(value)}`,
        );
      }
    }
  });

  it('is not complete without any of its members', () => {
    for (const name of Object.keys(policy)) {
      const rest = Object.fromEntries(Object.entries(policy).filter(([other]) => other !== name));
      assert.equal(v.is(Policy, rest), false, name);
    }
  });
});
