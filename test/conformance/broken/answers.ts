import { createHash } from 'node:crypto';
import { between, isMetadata, sendsHeaders, withBody } from '../between.ts';
import type { BrokenIssuer } from '../examined.ts';

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

export const ofAnswers: readonly BrokenIssuer[] = [
  {
    what: 'takes a changed body under the same Idempotency-Key',
    fails: ['idempotency-changed-body'],
    breaking: between(async ({ request, text, forward }) => {
      const key = request.headers.get('Idempotency-Key');
      return forward(key ? { headers: { 'Idempotency-Key': hashOf(key + text) } } : {});
    }),
  },
  {
    what: 'gives one holder the answer that it has kept for another',
    fails: ['idempotency-of-one-holder'],
    breaking: (running) => {
      const kept = new Map<string, Response>();
      return between(async ({ request, call, text, forward }) => {
        const key = request.headers.get('Idempotency-Key');
        if (key === null || call !== 'POST /v1/applications') return forward();
        const known = kept.get(key + text);
        if (known) return known.clone();
        const response = await forward();
        if (response.ok) kept.set(key + text, response.clone());
        return response;
      })(running);
    },
  },
  {
    what: 'ignores Idempotency-Key',
    fails: [
      'idempotency-same-answer',
      'idempotency-changed-body',
      'idempotency-revives-no-grant',
      'idempotency-of-views-and-codes',
      'idempotency-under-way',
    ],
    breaking: between(async ({ forward }) => forward({ headers: { 'Idempotency-Key': null } })),
  },
  {
    what: 'knows Idempotency-Key of applications alone',
    fails: ['idempotency-of-views-and-codes'],
    breaking: between(async ({ call, forward }) =>
      forward(call.includes('applications') ? {} : { headers: { 'Idempotency-Key': null } }),
    ),
  },
  {
    what: 'begins a request anew while the first of its key is under way',
    fails: ['idempotency-under-way'],
    breaking: (running) => {
      const underWay = new Set<string>();
      return between(async ({ request, forward }) => {
        const key = request.headers.get('Idempotency-Key');
        if (key === null) return forward();
        if (underWay.has(key)) return forward({ headers: { 'Idempotency-Key': null } });
        underWay.add(key);
        const response = await forward();
        underWay.delete(key);
        return response;
      })(running);
    },
  },
  {
    what: 'refuses without the code of a problem',
    fails: ['consent', 'idempotency-keeps-no-refusal', 'problem-form'],
    breaking: between(async ({ forward }) => {
      const response = await forward();
      const isIt = (await response.clone().text()).includes('problem:consent-required');
      return isIt ? withBody(response, (body) => ({ ...body, type: 'about:blank' })) : response;
    }),
  },
  {
    what: 'sends problems as plain JSON',
    fails: ['problem-form'],
    breaking: sendsHeaders(
      { 'Content-Type': 'application/json' },
      (_, { status }) => status >= 400,
    ),
  },
  {
    what: 'answers an unknown path with a page',
    fails: ['unknown-path', 'problem-form'],
    breaking: between(async ({ call, forward }) => {
      const response = await forward();
      if (call !== 'GET /v1/nothing') return response;
      return new Response('<!doctype html>', { status: 404, headers: response.headers });
    }),
  },
  {
    what: 'brings no nonce with a refusal',
    fails: ['nonce-everywhere'],
    breaking: sendsHeaders({ 'DPoP-Nonce': null }, (_, { status }) => status === 422),
  },
  {
    what: 'does not expose DPoP-Nonce to other origins',
    fails: ['cors-reads'],
    breaking: sendsHeaders({ 'Access-Control-Expose-Headers': 'Retry-After,Date' }),
  },
  {
    what: 'does not let other origins send Idempotency-Key',
    fails: ['cors-asks'],
    breaking: sendsHeaders(
      { 'Access-Control-Allow-Headers': 'DPoP,Authorization,Content-Type,Boarding-Session' },
      ({ request }) => request.method === 'OPTIONS',
    ),
  },
  {
    what: 'has its metadata cached',
    fails: ['never-stored'],
    breaking: sendsHeaders({ 'Cache-Control': 'public, max-age=60' }, ({ call }) =>
      isMetadata(call),
    ),
  },
];
