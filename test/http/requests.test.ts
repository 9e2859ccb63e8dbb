import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import * as v from 'valibot';
import { describedCalls } from '../../mock-server/http/described-calls.ts';
import type { Shown } from '../../widget/protocol/messages/holder.ts';
import { Metadata } from '../../widget/protocol/messages/metadata.ts';
import {
  ask,
  Holder,
  origin,
  passLiveness,
  someGuest,
  startIssuer,
  type RunningIssuer,
} from '../issuer/running-issuer.ts';

let running: RunningIssuer;
let holder: Holder;
beforeEach(async () => {
  running = await startIssuer();
  holder = await Holder.create(running);
});
afterEach(() => running.close());

describe('an Idempotency-Key', () => {
  it('gives the same answer again, and the effect once (B6)', async () => {
    const application = await holder.apply({ identity: await someGuest(running) });
    const assertion = await passLiveness(running, application);
    const complete = () =>
      holder.call<Shown>('POST', `/v1/applications/${application.body.id}/liveness`, {
        body: { assertion },
        idempotencyKey: 'one',
      });
    const [first, second] = [await complete(), await complete()];
    assert.equal(first.status, 200);
    assert.deepEqual(second.body, first.body);
  });

  it('belongs to one key, one call and one body', async () => {
    const identity = await someGuest(running);
    const first = await holder.apply({ identity }, 'one');
    const other = await Holder.create(running);
    assert.notEqual((await other.apply({ identity }, 'one')).body.id, first.body.id);
    const changed = await holder.apply({ identity: await someGuest(running) }, 'one');
    assert.deepEqual([changed.status, changed.problem], [409, 'idempotency-conflict']);
  });

  it('of five requests at once lets one through; the others are told to come back', async () => {
    const identity = await someGuest(running);
    await holder.call('GET', '/v1/records');
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => holder.apply({ identity }, 'one')),
    );
    const ids = new Set(answers.filter(({ status }) => status === 200).map(({ body }) => body.id));
    assert.equal(ids.size, 1);
    for (const { status, problem, headers } of answers.filter((answer) => answer.status !== 200)) {
      assert.deepEqual([status, problem], [503, 'unavailable']);
      assert.equal(headers.get('Retry-After'), '1');
    }
    assert.equal((await holder.apply({ identity }, 'one')).body.id, [...ids][0]);
  });

  it('whose request died with its server is free as soon as no answer can come any more', async () => {
    const identity = await someGuest(running);
    await holder.apply({ identity }, 'one');
    await running.store.updateTable('idempotency_keys').set({ answer: null }).execute();
    const waits: (string | null)[] = [];
    for (const seconds of [0, 1, 9]) {
      running.time += seconds * 1000;
      const { status, problem, headers } = await holder.apply({ identity }, 'one');
      assert.deepEqual([status, problem], [503, 'unavailable']);
      waits.push(headers.get('Retry-After'));
    }
    // No longer than the component waits by itself, and then not in vain.
    assert.deepEqual(waits, ['1', '10', '1']);
    running.time += 1000;
    const { status, body } = await holder.apply({ identity }, 'one');
    assert.equal(status, 200);
    assert.deepEqual((await holder.apply({ identity }, 'one')).body, body);
  });

  it('has one answer, even where the first request was taken for dead and was not', async () => {
    const identity = await someGuest(running);
    const { livenessProvider } = running.server.issuer;
    const { begin } = livenessProvider;
    let goOn = () => {};
    const arrived = new Promise<void>((resolve) => {
      livenessProvider.begin = async (order) => {
        livenessProvider.begin = begin;
        resolve();
        await new Promise<void>((later) => (goOn = later));
        return begin(order);
      };
    });
    const slow = holder.apply({ identity }, 'one');
    await arrived;
    running.time += 11_000;
    const { status, body } = await holder.apply({ identity }, 'one');
    assert.equal(status, 200);
    goOn();
    assert.deepEqual([(await slow).status, (await slow).problem], [503, 'unavailable']);
    assert.deepEqual((await holder.apply({ identity }, 'one')).body, body);
  });

  it('of a refused request may be tried again', async () => {
    const path = '/v1/applications';
    const body = { identity: await someGuest(running), consent: false, place: 'beijing' };
    const refusedOnce = await holder.call('POST', path, { body, idempotencyKey: 'one' });
    const refusedTwice = await holder.call('POST', path, { body, idempotencyKey: 'one' });
    assert.equal(refusedOnce.problem, 'consent-required');
    assert.equal(refusedTwice.problem, 'consent-required');
  });

  it('of a refused request that cannot be let go leaves the refusal as it is, and is free later', async () => {
    const identity = await someGuest(running);
    await holder.call('GET', '/v1/records');
    const { hurried } = running.store;
    const deleteFrom = mock.method(hurried, 'deleteFrom', () => {
      throw new Error('the store is gone');
    });
    const refused = { identity, consent: false, place: 'beijing' };
    const send = (body: object) =>
      holder.call('POST', '/v1/applications', { body, idempotencyKey: 'one' });
    assert.equal((await send(refused)).problem, 'consent-required');
    assert.equal(deleteFrom.mock.callCount(), 1);
    deleteFrom.mock.restore();
    assert.equal((await send(refused)).problem, 'unavailable');
    running.time += 11_000;
    assert.equal((await send(refused)).problem, 'consent-required');
    assert.deepEqual(running.logged, []);
  });

  it('of a request that failed is told by what failed first, whatever fails after it', async () => {
    const identity = await someGuest(running);
    await holder.call('GET', '/v1/records');
    running.server.issuer.livenessProvider.begin = () => Promise.reject(new Error('first'));
    mock.method(running.store.hurried, 'deleteFrom', () => {
      throw new Error('second');
    });
    assert.equal((await holder.apply({ identity }, 'one')).problem, 'unavailable');
    assert.deepEqual(
      running.logged.filter((each) => each instanceof Error).map(({ message }) => message),
      ['first'],
    );
  });

  it('brings no grant back that was revoked since', async () => {
    const application = await holder.apply({ identity: await someGuest(running) });
    const assertion = await passLiveness(running, application);
    const complete = () =>
      holder.call<Shown>('POST', `/v1/applications/${application.body.id}/liveness`, {
        body: { assertion },
        idempotencyKey: 'one',
      });
    await complete();
    await holder.call('DELETE', '/v1/grants');
    assert.equal((await complete()).problem, 'verification-required');
  });

  it('keeps its answer sealed, and for ten minutes', async () => {
    const identity = await someGuest(running);
    await holder.apply({ identity }, 'one');
    const rows = await running.store.selectFrom('idempotency_keys').selectAll().execute();
    assert.equal(rows.length, 1);
    assert.doesNotMatch(rows[0]!.answer!, /nonce|provider/);
    running.time += 601_000;
    await running.server.tidy();
    const left = await running.store.selectFrom('idempotency_keys').selectAll().execute();
    assert.equal(left.length, 0);
  });
});

describe('a request', () => {
  it('from any embedding origin is allowed, and may read nonce and Retry-After (CORS)', async () => {
    const preflight = await ask(running, 'OPTIONS', '/v1/applications', {
      headers: {
        Origin: 'https://host.example',
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': 'dpop,idempotency-key,boarding-session',
      },
    });
    assert.equal(preflight.headers.get('Access-Control-Allow-Origin'), '*');
    const allowed = preflight.headers.get('Access-Control-Allow-Headers') ?? '';
    for (const name of ['DPoP', 'Authorization', 'Idempotency-Key', 'Boarding-Session']) {
      assert.ok(allowed.includes(name), name);
    }
    // Those that the calls have, and no other.
    const methods = preflight.headers.get('Access-Control-Allow-Methods') ?? '';
    const ofCalls = new Set(describedCalls.map(({ call }) => call.method));
    assert.deepEqual(methods.split(',').toSorted(), [...ofCalls].toSorted());
    const refusal = await ask(running, 'GET', '/v1/me', {
      headers: { Origin: 'https://host.example' },
    });
    assert.equal(refusal.headers.get('Access-Control-Allow-Origin'), '*');
    assert.match(refusal.headers.get('Access-Control-Expose-Headers') ?? '', /DPoP-Nonce/);
  });

  it('with a body that is not of the schema is refused, naming the member and never its value', async () => {
    const send = (body: unknown) =>
      holder.call<{ detail?: string }>('POST', '/v1/places', { body });
    assert.deepEqual(
      [(await send({ latitude: 91, longitude: 0 })).body.detail, (await send([])).problem],
      ['latitude', 'invalid-request'],
    );
    assert.equal((await send({ latitude: 1, longitude: 1, extra: 1 })).problem, 'invalid-request');
    assert.equal((await send('{')).problem, 'invalid-request');
    assert.equal((await send({ latitude: 'secret', longitude: 0 })).body.detail, 'latitude');
  });

  it('with a body of 10 MB is refused', async () => {
    const answer = await holder.call('POST', '/v1/places', { body: 'x'.repeat(10_000_000) });
    assert.deepEqual([answer.status, answer.problem], [400, 'invalid-request']);
  });

  it('to nowhere, or by a method that a call has not, is answered by not-found', async () => {
    for (const [method, path] of [
      ['GET', '/v1/nothing'],
      ['PUT', '/v1/applications'],
      ['GET', '/nowhere/at/all'],
    ] as const) {
      const { status, problem } = await ask(running, method, path);
      assert.deepEqual([status, problem], [404, 'not-found']);
    }
  });

  it('that meets a fault of the server is answered by a typed 503, and the fault is logged', async () => {
    await running.store.destroy();
    const answer = await ask(running, 'GET', '/v1/me', { headers: { DPoP: 'x' } });
    assert.equal(answer.problem, 'invalid-dpop-proof');
    const broken = await holder.call('GET', '/v1/me');
    assert.deepEqual([broken.status, broken.problem], [503, 'unavailable']);
    assert.ok(broken.headers.get('Retry-After'));
    assert.ok(running.logged.length > 0);
  });

  it('is never cached', async () => {
    const { headers } = await ask(running, 'GET', '/.well-known/boarding-id');
    assert.equal(headers.get('Cache-Control'), 'no-store');
  });

  it('finds the metadata with the policy, the time and the first nonce', async () => {
    const { body, headers } = await ask<Record<string, unknown>>(
      running,
      'GET',
      '/.well-known/boarding-id',
    );
    assert.equal(body['issuer'], origin);
    assert.equal(body['serverTime'], running.time);
    assert.equal((body['policy'] as { codeSeconds: number }).codeSeconds, 60);
    assert.ok(headers.get('DPoP-Nonce'));
  });

  it('finds in the metadata of a mock where people can sign in, and nothing of it in a real one’s', async () => {
    const metadata = async () => {
      const { body } = await ask(running, 'GET', '/.well-known/boarding-id');
      return v.parse(Metadata, body);
    };
    const { mockSignIn } = await metadata();
    assert.equal(mockSignIn, `${origin}/mock`);
    const people = await ask<{ id: string }[]>(
      running,
      'GET',
      `${new URL(mockSignIn).pathname}/people`,
    );
    assert.ok(people.body.length > 0);
    delete running.server.issuer.mockSignIn;
    assert.ok(!('mockSignIn' in (await metadata())));
  });
});
