import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { openLog } from '../../mock-server/operation/log.ts';
import { personOf } from '../../mock-server/issuer/person.ts';
import type { Pack } from '../../widget/protocol/messages/holder.ts';
import { ask, Holder, noon, signIn, someGuest } from '../issuer/running-issuer.ts';
import { startWatched, type WatchedIssuer } from './watched-issuer.ts';

let running: WatchedIssuer;
beforeEach(async () => {
  running = await startWatched();
});
afterEach(() => running.close());

interface RequestLine {
  event: string;
  id: string;
  route: string;
  status: number;
  problem?: string;
}
const requests = (): RequestLine[] => running.lines.map((line) => JSON.parse(line) as RequestLine);

describe('the log', () => {
  it('has one line a request: its id, method, route, status, problem and milliseconds', async () => {
    const id = 'request-1234';
    await ask(running, 'GET', '/v1/applications/abc', { headers: { 'X-Request-Id': id } });
    assert.deepEqual(
      running.lines.map((line) => JSON.parse(line) as unknown),
      [
        {
          time: '2027-03-01T04:00:00.000Z',
          level: 'info',
          event: 'request',
          id,
          method: 'GET',
          route: '/v1/applications/:id',
          status: 401,
          problem: 'invalid-dpop-proof',
          milliseconds: 2,
        },
      ],
    );
  });

  it('B7: tells nothing of who asked: no name, no digit of a number, no token, no id, no place', async () => {
    const identity = await someGuest(running);
    const holder = await Holder.create(running);
    const application = await holder.apply({ identity }, 'a-key-of-the-holder');
    const { body } = await holder.complete(application);
    await holder.call<Pack>('POST', '/v1/codes', { body: {}, grant: body.grant.token });
    await holder.call('GET', `/v1/applications/${application.body.id}`);
    const session = await signIn(running, 'adult');
    await holder.call('GET', '/v1/records', { session });
    await ask(running, 'GET', '/mock/nothing-here');

    const log = running.lines.join('\n');
    const { thumbprint } = await running.store
      .selectFrom('grants')
      .select('thumbprint')
      .executeTakeFirstOrThrow();
    const person = personOf(running.server.issuer.secrets, identity);
    const { id } = application.body;
    const secrets = [identity.name, identity.number, identity.number.slice(6, 14), person];
    secrets.push(thumbprint, id, body.grant.token, ...body.pack.codes, session, body.proof.number);
    secrets.push('beijing', 'a-key-of-the-holder', 'nothing-here');
    for (const secret of secrets) assert.ok(!log.includes(secret), `${secret} in the log`);
    const routes = new Set(requests().map(({ route }) => route));
    for (const route of ['/v1/applications/:id/liveness', '/v1/codes', '/v1/records', '/*']) {
      assert.ok(routes.has(route), route);
    }
  });

  it('takes the id that came along when it is well formed, and another otherwise', async () => {
    const idFor = async (given: string) => {
      const { headers } = await ask(running, 'GET', '/healthz', {
        headers: { 'X-Request-Id': given },
      });
      assert.equal(headers.get('X-Request-Id'), requests().at(-1)?.id);
      return headers.get('X-Request-Id');
    };
    for (const good of [
      '4bf92f3577b34da6a3ce929d0e0e4736',
      '0b0d7f3c-3a52-4e0f-9d5e-6f1a2b3c4d5e',
      'gate-7_0301-117',
    ]) {
      assert.equal(await idFor(good), good);
    }
    for (const bad of [
      'short',
      'a'.repeat(65),
      'with space',
      '11010119900307123X',
      '110101-19900307-1234',
      '110101_1990-0307-12',
      'a"b{c}defgh',
    ]) {
      assert.match((await idFor(bad)) ?? '', /^[\da-f]{8}-[\da-f-]{27}$/, bad);
    }
  });

  it('names the request of a fault, and of its error only what cannot repeat a value', async () => {
    await running.store.schema.dropTable('seen_dpop_proofs').execute();
    const holder = await Holder.create(running);
    await holder.call('GET', '/v1/me', { session: 'x' });
    const [fault = '', request = ''] = running.lines.slice(-2);
    const { at, time: _, ...members } = JSON.parse(fault) as { at: string[]; time: string };
    const { id: requestId, problem } = JSON.parse(request) as RequestLine;
    assert.deepEqual(members, {
      level: 'error',
      event: 'fault',
      what: 'GET /v1/me',
      requestId,
      error: 'SqliteError',
      code: 'SQLITE_ERROR',
    });
    assert.ok(at.length > 0);
    assert.equal(problem, 'unavailable');
  });

  it('never writes an error’s message: a parser’s repeats what it read', () => {
    for (const mode of ['faults', 'text', 'json'] as const) {
      const lines: string[] = [];
      const log = openLog({ mode, write: (line) => lines.push(line), now: () => noon });
      const error = new SyntaxError('Unexpected token in {"number":"11010119900307123X"}');
      log.fault('POST /v1/applications', error, 'request-1');
      assert.equal(lines.length, 1);
      assert.match(lines[0]!, /SyntaxError/);
      assert.doesNotMatch(lines[0]!, /number|1101/);
    }
  });

  it('is silent about requests unless asked, and readable as text', () => {
    const seen = { id: 'i', method: 'GET', route: '/v1/me', status: 200, milliseconds: 3 };
    const written = (mode: 'faults' | 'text'): string[] => {
      const lines: string[] = [];
      openLog({ mode, write: (line) => lines.push(line), now: () => noon }).request(seen);
      return lines;
    };
    assert.deepEqual(written('faults'), []);
    assert.deepEqual(written('text'), ['2027-03-01T04:00:00.000Z GET /v1/me 200 3 ms i']);
  });
});
