import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as v from 'valibot';
import { holderCalls, keySetCall, type Call } from '../../widget/protocol/calls.ts';
import { reasons } from '../../widget/protocol/code/reasons.ts';
import { documentTypes } from '../../widget/protocol/documents.ts';
import { gateCalls } from '../../widget/protocol/gate-calls.ts';
import {
  AdmissionAnswer,
  AdmissionRequest,
  InspectionRequest,
} from '../../widget/protocol/messages/gate.ts';
import * as holder from '../../widget/protocol/messages/holder.ts';
import { Instant, Metadata } from '../../widget/protocol/messages/metadata.ts';
import { policy } from '../../widget/protocol/policy.ts';

const identity = { name: '张三', documentType: 'resident-id', number: '1' };

/** Every body that somebody sends to the issuer, in a good form. */
const requests: Record<string, { schema: v.GenericSchema; good: object }> = {
  'an identity': { schema: holder.TypedIdentity, good: identity },
  coordinates: { schema: holder.Coordinates, good: { latitude: 39.9, longitude: 116.4 } },
  'an application': {
    schema: holder.ApplicationRequest,
    good: { identity, consent: true, place: 'beijing' },
  },
  'a view': { schema: holder.ViewRequest, good: { identity, consent: true } },
  'a passed liveness check': { schema: holder.LivenessCompletion, good: { assertion: 'a.b.c' } },
  'a wish for codes': { schema: holder.Empty, good: {} },
  'an admission': {
    schema: AdmissionRequest,
    good: { scanned: '1', purpose: 'entry', station: 'beijing-south', lane: '1' },
  },
  'a look at a code': {
    schema: InspectionRequest,
    good: { scanned: '1', purpose: 'check', station: 'beijing-south', lane: '1' },
  },
};

describe('what is sent to the issuer', () => {
  it('covers every call that has a body', () => {
    const schemas = new Set(Object.values(requests).map(({ schema }) => schema));
    for (const call of [...Object.values(holderCalls), ...Object.values(gateCalls)] as Call[]) {
      if (call.request) assert.ok(schemas.has(call.request), call.path);
    }
  });

  for (const [what, { schema, good }] of Object.entries(requests)) {
    it(`${what} is accepted in its form, and refused with a member nobody knows`, () => {
      assert.deepEqual(v.parse(schema, good), good);
      for (const name of ['extra', 'constructor', 'toString', 'Name', '']) {
        assert.equal(v.is(schema, { ...good, [name]: 1 }), false, name);
      }
    });

    it(`${what} is refused without one of its members, and as anything but an object`, () => {
      for (const name of Object.keys(good)) {
        if (name === 'identity') continue;
        const rest = Object.fromEntries(Object.entries(good).filter(([other]) => other !== name));
        assert.equal(v.is(schema, rest), false, name);
      }
      for (const other of [null, undefined, 1, 'x', true]) assert.equal(v.is(schema, other), false);
    });

    it(`${what} is refused with a member of another type`, () => {
      for (const name of Object.keys(good)) {
        for (const value of [null, [], {}, NaN]) {
          assert.equal(v.is(schema, { ...good, [name]: value }), false, name);
        }
      }
    });
  }

  it('R4: a signed-in traveller leaves the identity out', () => {
    assert.equal(v.is(holder.ApplicationRequest, { consent: true, place: 'beijing' }), true);
    assert.equal(v.is(holder.ViewRequest, { consent: true }), true);
  });

  it('R5: an identity names one of the documents, and no other', () => {
    for (const documentType of documentTypes) {
      assert.equal(v.is(holder.TypedIdentity, { ...identity, documentType }), true);
    }
    for (const documentType of ['driving-licence', '', 'Resident-Id', '__proto__']) {
      assert.equal(v.is(holder.TypedIdentity, { ...identity, documentType }), false);
    }
  });

  it('R6: coordinates are degrees on the globe', () => {
    const is = (latitude: unknown, longitude: unknown): boolean =>
      v.is(holder.Coordinates, { latitude, longitude });
    assert.ok(is(90, 180) && is(-90, -180) && is(0, 0));
    for (const wrong of [90.01, -91, Infinity, '1']) assert.equal(is(wrong, 0), false);
    for (const wrong of [180.01, -181, -Infinity, '1']) assert.equal(is(0, wrong), false);
  });

  it('is bounded in length, so that nobody has to read a book', () => {
    const long = 'x'.repeat(10_000);
    assert.equal(v.is(holder.TypedIdentity, { ...identity, name: long }), false);
    assert.equal(v.is(holder.TypedIdentity, { ...identity, number: long }), false);
    assert.equal(v.is(holder.ApplicationRequest, { consent: true, place: long }), false);
    assert.equal(v.is(holder.LivenessCompletion, { assertion: long }), false);
    for (const name of ['scanned', 'station', 'lane', 'train']) {
      const request = { ...requests['an admission']?.good, [name]: long };
      assert.equal(v.is(AdmissionRequest, request), false, name);
    }
  });
});

describe('what the issuer answers', () => {
  const metadata = {
    issuer: 'https://issuer.example',
    serverTime: 1,
    policy,
    documents: ['resident-id'],
    languages: ['zh', 'en'],
    livenessProvider: 'https://liveness.example',
    endpoints: { jwks: 'a', api: 'b', openapi: 'c' },
  };

  it('may grow: members that this version does not know are left behind', () => {
    assert.deepEqual(v.parse(Metadata, { ...metadata, news: 1 }), metadata);
  });

  it('is refused when a policy is missing a period, or has one that is no whole second', () => {
    assert.equal(v.is(Metadata, { ...metadata, policy: { ...policy, codeSeconds: 0.5 } }), false);
    assert.equal(v.is(Metadata, { ...metadata, policy: {} }), false);
  });

  it('has instants of whole seconds since the epoch', () => {
    for (const wrong of [-1, 0.5, NaN, Infinity, '1', null])
      assert.equal(v.is(Instant, wrong), false);
    assert.ok(v.is(Instant, 0) && v.is(Instant, 1_772_330_400));
  });

  it('B10: is a verdict with a ticket or one with a reason of the list, not both kinds at once', () => {
    assert.deepEqual(v.parse(AdmissionAnswer, { admitted: true }), { admitted: true });
    for (const reason of reasons) {
      assert.ok(v.is(AdmissionAnswer, { admitted: false, reason, code: 'A2' }), reason);
    }
    for (const wrong of [
      {},
      { admitted: false },
      { admitted: false, reason: 'because', code: 'A2' },
      { admitted: 'true' },
    ]) {
      assert.equal(v.is(AdmissionAnswer, wrong), false, JSON.stringify(wrong));
    }
  });

  it('B7: never shows a day pseudonym with a ticket', () => {
    const shown = { sub: 'x', id: '1', kind: 'single', train: 'G1', from: 'a', to: 'b' };
    const ticket = { ...shown, validFrom: 1, validUntil: 2 };
    const read = v.parse(AdmissionAnswer, { admitted: true, ticket });
    assert.ok(read.admitted && read.ticket);
    assert.equal('sub' in read.ticket, false);
  });
});

describe('the calls', () => {
  const calls: Call[] = [...Object.values(holderCalls), ...Object.values(gateCalls), keySetCall];

  it('are each one method at one path', () => {
    assert.equal(new Set(calls.map(({ method, path }) => `${method} ${path}`)).size, calls.length);
  });

  it('that ask for a grant or a session ask for the key too: a copied token is useless', () => {
    for (const { by, path } of calls) {
      const holders = by.some((each) => !['key', 'gate', 'crew'].includes(each));
      if (holders) assert.ok(by.includes('key'), path);
    }
  });

  it('are open to everyone only where nothing is about a person', () => {
    assert.deepEqual(
      calls.filter(({ by }) => by.length === 0).map(({ path }) => path),
      ['/.well-known/boarding-id', '/.well-known/jwks.json'],
    );
  });

  it('take a body only where they change or ask something', () => {
    for (const { method, request, path } of calls) {
      assert.equal(request !== undefined, method === 'POST', path);
    }
  });
});
