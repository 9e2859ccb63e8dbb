import { generateKeyPair } from 'dpop';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { before, beforeEach, describe, it } from 'node:test';
import {
  createIssuerClient,
  type IssuerClient,
} from '../../widget/flow/issuer-client/issuer-client.ts';
import { problemStatuses, problemType, type ProblemCode } from '../../widget/protocol/problems.ts';
import { liveness, me, place } from '../elements/states.ts';
import { HandClock } from './hand-clock.ts';

const issuer = 'https://issuer.example';
const required = { id: 'a1', liveness: liveness.transaction };
const coordinates = { latitude: 39.9, longitude: 116.3 };
const application = { consent: true, place: 'beijing' };

type Reply = Response | Error;
const answer = (body: unknown, headers: Record<string, string> = {}): Response =>
  Response.json(body, { headers });
function problem(
  code: ProblemCode,
  members: object = {},
  headers: Record<string, string> = {},
): Response {
  const body = JSON.stringify({ type: problemType(code), status: 400, ...members });
  return new Response(body, {
    status: problemStatuses[code],
    headers: { 'Content-Type': 'application/problem+json', ...headers },
  });
}

let key: CryptoKeyPair;
let clock: HandClock;
let sent: Request[];
/** What the host answers, each time it is asked anew. */
let sessions: string[];
let signal: AbortSignal;

/** Answers each request with the next reply, and lets the clock run on while the client waits. */
function clientFor(...replies: Reply[]): IssuerClient {
  let uuids = 0;
  return createIssuerClient(issuer, {
    after: clock.after,
    randomUuid: () => `uuid-${uuids++}`,
    key: async () => key,
    session: async (again) => {
      if (again) sessions.shift();
      return sessions[0];
    },
    send: async (request) => {
      sent.push(request);
      const reply = replies.shift();
      assert.ok(reply, 'no more requests than the test has replies for');
      if (reply instanceof Error) throw reply;
      return reply;
    },
  });
}

/**
 * Lets what waits for the clock go on, until the promise has settled. Between two moves of the clock
 * a key is made, for as long as signing takes is no time to the clock.
 */
async function letRun<Value>(promise: Promise<Value>): Promise<Value> {
  const over = { settled: false };
  const settle = () => {
    over.settled = true;
  };
  promise.then(settle, settle);
  for (let moves = 0; moves < 200; moves++) {
    await generateKeyPair('ES256');
    await new Promise((resolve) => setImmediate(resolve));
    if (over.settled) return promise;
    clock.advance(500);
  }
  throw new Error('it goes on after 100 seconds');
}

const proofOf = (request: Request | undefined) => decodeJwt(request?.headers.get('DPoP') ?? '');
const refusal = (value: { ok: boolean; refusal?: { code: string } }) =>
  value.ok ? undefined : value.refusal;

describe('the issuer client', () => {
  before(async () => {
    key = await generateKeyPair('ES256');
  });
  beforeEach(() => {
    clock = new HandClock(0);
    sent = [];
    sessions = [];
    signal = new AbortController().signal;
  });

  it('sends what the table of calls says: method, path, body, and a DPoP proof over both', async () => {
    const client = clientFor(answer(place));
    const found = await client.call('place', { body: coordinates, signal });
    assert.deepEqual(found, { ok: true, value: place });
    const [request] = sent;
    assert.equal(request?.method, 'POST');
    assert.equal(request?.url, `${issuer}/v1/places`);
    assert.deepEqual(await request?.json(), coordinates);
    assert.equal(request?.headers.get('Idempotency-Key'), null, 'nothing is created');
    assert.equal(decodeProtectedHeader(request?.headers.get('DPoP') ?? '').typ, 'dpop+jwt');
    const { htm, htu, ath } = proofOf(request);
    assert.deepEqual([htm, htu, ath], ['POST', `${issuer}/v1/places`, undefined]);
  });

  it('sends the metadata call without any credential', async () => {
    const client = clientFor(problem('not-found'));
    await client.call('metadata', { signal });
    assert.deepEqual([...(sent[0]?.headers.keys() ?? [])], ['accept']);
  });

  it('binds a grant to the proof (RFC 9449, ath) and escapes an id', async () => {
    const client = clientFor(problem('not-found'), problem('verification-required'));
    await client.call('application', { id: '../me', signal });
    assert.equal(sent[0]?.url, `${issuer}/v1/applications/..%2Fme`);
    await client.call('codes', { grant: 'the-grant', body: {}, signal });
    assert.equal(sent[1]?.headers.get('Authorization'), 'DPoP the-grant');
    const hash = createHash('sha256').update('the-grant').digest('base64url');
    assert.equal(proofOf(sent[1]).ath, hash);
  });

  it('keeps the nonce of every answer, and answers a challenge once with the new one', async () => {
    const client = clientFor(
      problem('use-dpop-nonce', {}, { 'DPoP-Nonce': 'first' }),
      answer(place, { 'DPoP-Nonce': 'second' }),
      problem('not-found', {}, { 'DPoP-Nonce': 'third' }),
      problem('use-dpop-nonce'),
      problem('use-dpop-nonce'),
    );
    assert.equal((await client.call('place', { body: coordinates, signal })).ok, true);
    await client.call('application', { id: 'a', signal });
    const twice = await client.call('place', { body: coordinates, signal });
    assert.equal(refusal(twice)?.code, 'use-dpop-nonce');
    assert.deepEqual(
      sent.map((request) => proofOf(request).nonce),
      [undefined, 'first', 'second', 'third', 'third'],
    );
    assert.equal(
      new Set(sent.map((request) => proofOf(request).jti)).size,
      5,
      'a proof serves once',
    );
  });

  it('R4: sends the host’s session, and asks the host once more when it has expired', async () => {
    sessions = ['old', 'new'];
    const client = clientFor(problem('session-expired'), answer(me));
    assert.equal((await client.call('me', { signal })).ok, true);
    assert.deepEqual(
      sent.map(({ headers }) => headers.get('Boarding-Session')),
      ['old', 'new'],
    );
  });

  it('gives up on a session that is expired again, or that the host no longer has', async () => {
    sessions = ['a', 'b'];
    const twice = clientFor(problem('session-expired'), problem('session-expired'));
    assert.equal(refusal(await twice.call('me', { signal }))?.code, 'session-expired');
    sessions = [];
    const gone = clientFor(problem('session-expired'));
    assert.equal(refusal(await gone.call('me', { signal }))?.code, 'session-expired');
  });

  it('B6: repeats what creates, with the same Idempotency-Key, while the issuer is away', async () => {
    const client = clientFor(new TypeError('cut off'), problem('unavailable'), answer(required));
    const made = await letRun(client.call('apply', { body: application, signal }));
    assert.deepEqual(made, { ok: true, value: required });
    const keys = sent.map(({ headers }) => headers.get('Idempotency-Key'));
    assert.deepEqual(keys, ['uuid-0', 'uuid-0', 'uuid-0']);
    assert.ok(clock.now >= 3000, 'after one second, then after two');
  });

  it('B6: the next submission has another Idempotency-Key', async () => {
    const client = clientFor(answer(required), answer(required));
    await client.call('apply', { body: application, signal });
    await client.call('apply', { body: application, signal });
    const keys = sent.map(({ headers }) => headers.get('Idempotency-Key'));
    assert.deepEqual(keys, ['uuid-0', 'uuid-1']);
  });

  it('tries three times and no more, and nothing twice that cannot help', async () => {
    const away = clientFor(new Error(), new Error(), new Error());
    const body = application;
    assert.equal(
      refusal(await letRun(away.call('apply', { body, signal })))?.code,
      'no-connection',
    );
    const refused = clientFor(problem('quota-exhausted'));
    assert.equal(refusal(await refused.call('apply', { body, signal }))?.code, 'quota-exhausted');
    assert.equal(sent.length, 4);
  });

  it('repeats what only reads as well, and what somebody else has answered', async () => {
    const portal = new Response('sign in to the station’s WLAN', {
      headers: { 'Content-Type': 'text/html' },
    });
    const client = clientFor(portal, new TypeError('cut off'), answer(me));
    assert.equal((await letRun(client.call('me', { signal }))).ok, true);
    const keys = sent.map(({ headers }) => headers.get('Idempotency-Key'));
    assert.deepEqual(keys, [null, null, null]);
  });

  it('makes another proof when one is refused, since browsers repeat requests by themselves', async () => {
    const client = clientFor(problem('invalid-dpop-proof'), answer(required));
    const made = await client.call('apply', { body: application, signal });
    assert.deepEqual(made, { ok: true, value: required });
    assert.equal(new Set(sent.map((request) => proofOf(request).jti)).size, 2);
    const keys = sent.map(({ headers }) => headers.get('Idempotency-Key'));
    assert.deepEqual(keys, ['uuid-0', 'uuid-0']);
    const twice = clientFor(problem('invalid-dpop-proof'), problem('invalid-dpop-proof'));
    const refused = await twice.call('apply', { body: application, signal });
    assert.equal(refusal(refused)?.code, 'invalid-dpop-proof');
  });

  it('waits as long as Retry-After says, or says so itself when that is long', async () => {
    const short = clientFor(problem('unavailable', {}, { 'Retry-After': '7' }), answer(required));
    await letRun(short.call('apply', { body: application, signal }));
    assert.ok(clock.now >= 7000);
    const long = clientFor(problem('unavailable', {}, { 'Retry-After': '600' }));
    assert.deepEqual(refusal(await long.call('apply', { body: application, signal })), {
      code: 'unavailable',
      availableFrom: undefined,
      retryAfter: 600,
      attemptsLeft: undefined,
    });
  });

  it('B6: asks a fourth time, once, where only the third was told when asking helps', async () => {
    const back = problem('unavailable', {}, { 'Retry-After': '8' });
    const client = clientFor(new Error(), new Error(), back, answer(required));
    const made = await letRun(client.call('apply', { body: application, signal }));
    assert.deepEqual(made, { ok: true, value: required });
    const keys = sent.map(({ headers }) => headers.get('Idempotency-Key'));
    assert.deepEqual(keys, ['uuid-0', 'uuid-0', 'uuid-0', 'uuid-0']);
    assert.ok(clock.now >= 11_000, 'after one second, two, and the eight that it was told');

    sent = [];
    const away = () => problem('unavailable', {}, { 'Retry-After': '2' });
    for (const replies of [
      [new Error(), new Error(), away(), away()],
      [new Error(), away(), away()],
      [new Error(), new Error(), problem('unavailable', {}, { 'Retry-After': '11' })],
    ]) {
      const expected = sent.length + replies.length;
      const gone = await letRun(clientFor(...replies).call('me', { signal }));
      assert.equal(refusal(gone)?.code, 'unavailable');
      assert.equal(sent.length, expected);
    }
  });

  it('B3: reads a Retry-After date against the answer’s own Date, and never the phone’s clock', async () => {
    const retryAt = 'Fri, 31 Dec 2027 23:59:50 GMT';
    for (const [headers, seconds] of [
      [{ 'Retry-After': retryAt, Date: 'Fri, 31 Dec 2027 23:49:50 GMT' }, 600],
      [{ 'Retry-After': retryAt, Date: 'Sat, 01 Jan 2028 00:00:00 GMT' }, 0],
      [{ 'Retry-After': retryAt }, undefined],
      [{ 'Retry-After': 'soon', Date: retryAt }, undefined],
    ] as const) {
      const away = () => problem('unavailable', {}, headers);
      const client = clientFor(away(), away(), away());
      const refused = await letRun(client.call('me', { signal }));
      assert.equal(!refused.ok && refused.refusal.retryAfter, seconds);
    }
  });

  it('R11: keeps what a problem says about time and attempts, whatever its status', async () => {
    const client = clientFor(
      problem('proof-still-valid', { availableFrom: 1234 }),
      problem('review-pending'),
    );
    const early = await client.call('completeView', { id: 'a', body: {}, signal });
    assert.equal(!early.ok && early.refusal.availableFrom, 1234);
    const pending = await client.call('completeApplication', { id: 'a', body: {}, signal });
    assert.equal(refusal(pending)?.code, 'review-pending');
  });

  it('an answer that is not of the contract is unintelligible, a proxy’s 5xx is unavailable', async () => {
    const html = { 'Content-Type': 'text/html' };
    for (const [reply, code] of [
      [answer({ ...me, applicationsLeft: -1 }), 'unintelligible-answer'],
      [
        new Response('{', { headers: { 'Content-Type': 'application/json' } }),
        'unintelligible-answer',
      ],
      [new Response('sign in to the station’s WLAN', { headers: html }), 'unintelligible-answer'],
      [new Response('', { status: 404 }), 'unintelligible-answer'],
      [new Response('bad gateway', { status: 502, headers: html }), 'unavailable'],
      [new Response('slow down', { status: 429 }), 'rate-limited'],
      [
        problem('not-found', { type: 'xrn:boarding-id:problem:not-found' }),
        'unintelligible-answer',
      ],
    ] as const) {
      const again = () => reply.clone();
      const client = clientFor(again(), again(), again());
      const read = await letRun(client.call('me', { signal }));
      assert.equal(refusal(read)?.code, code);
    }
  });

  it('a connection that breaks within the answer, or never answers, is no connection', async () => {
    const broken = () =>
      new Response(
        new ReadableStream({ start: (controller) => controller.error(new Error('cut off')) }),
      );
    const client = clientFor(broken(), broken(), broken());
    assert.equal(refusal(await letRun(client.call('me', { signal })))?.code, 'no-connection');
    const silent = createIssuerClient(issuer, {
      after: clock.after,
      randomUuid: () => '',
      key: async () => key,
      session: async () => undefined,
      send: (request) =>
        new Promise((_, reject) => {
          const abort = () => reject(new Error('aborted'));
          if (request.signal.aborted) abort();
          request.signal.addEventListener('abort', abort);
        }),
    });
    assert.equal(refusal(await letRun(silent.call('me', { signal })))?.code, 'no-connection');
    assert.ok(clock.now >= 15_000);
    assert.equal(clock.pending, 0, 'no timer is left behind');
  });

  it('an aborted call ends at once, without another try', async () => {
    const controller = new AbortController();
    const client = clientFor(new Error('cut off'));
    const asked = client.call('apply', { body: application, signal: controller.signal });
    await new Promise((resolve) => setImmediate(resolve));
    controller.abort();
    assert.equal((await asked).ok, false);
    assert.equal(clock.now, 0);
  });

  it('a browser that makes no key is told apart from a network that is away', async () => {
    const keyless = createIssuerClient(issuer, {
      after: clock.after,
      randomUuid: () => '',
      key: () => Promise.reject(new Error('no subtle')),
      session: async () => undefined,
      send: async () => answer(place),
    });
    const refused = await keyless.call('place', { body: coordinates, signal });
    assert.equal(refusal(refused)?.code, 'keys-unavailable');
  });

  it('R19: sign-out answers 204 and may outlive the page', async () => {
    const client = clientFor(new Response(null, { status: 204 }));
    const former = await generateKeyPair('ES256');
    const done = await client.call('signOut', { key: former, keepalive: true, signal });
    assert.deepEqual(done, { ok: true, value: undefined });
    assert.equal(sent[0]?.method, 'DELETE');
    assert.equal(sent[0]?.keepalive, true);
  });
});
