import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from '../../mock-server/server.ts';
import { describedCalls } from '../../mock-server/http/described-calls.ts';
import type { SeenRequest } from '../../mock-server/operation/observe.ts';
import {
  Holder,
  origin,
  someGuest,
  startIssuer,
  type RunningIssuer,
} from '../issuer/running-issuer.ts';

const gateOrigin = 'https://gate.example';

let running: RunningIssuer;
let folder: string;
const seen: SeenRequest[] = [];

describe('the headers of answers', () => {
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'boarding-id-pages-'));
    for (const page of ['host-app', 'gate-page', 'embedding', 'embedding/component', 'widget']) {
      mkdirSync(join(folder, page), { recursive: true });
      writeFileSync(join(folder, page, 'index.html'), '<!doctype html>');
    }
    writeFileSync(join(folder, 'host-app/main.js'), '');
    writeFileSync(join(folder, 'widget/integrity.json'), '{"boarding-id.bundle.js":"sha384-x"}');
    writeFileSync(join(folder, 'embedding/component/index.html'), 'https://boarding.example');
    running = await startIssuer();
    running.server = await createServer({
      origin,
      store: running.store,
      now: () => running.time,
      log: (what, error) => running.logged.push(what, error),
      pages: { folder, gateOrigin },
      operation: {
        seen: (request) => seen.push(request),
        elapsed: () => 0,
        proofIssued: () => {},
        isStopping: () => false,
      },
    });
  });
  after(async () => {
    rmSync(folder, { recursive: true });
    await running.close();
  });

  const ask = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const { app, gateApp } = running.server;
    const isGate = path.startsWith(gateOrigin);
    return (isGate ? gateApp : app).request(isGate ? path : origin + path, init);
  };

  function isClosed({ headers }: Response, what: string): void {
    assert.equal(headers.get('X-Content-Type-Options'), 'nosniff', what);
    assert.equal(headers.get('Referrer-Policy'), 'no-referrer', what);
    assert.match(headers.get('Content-Security-Policy') ?? '', /default-src 'none'/, what);
    assert.equal(headers.get('Set-Cookie'), null, what);
    assert.equal(headers.get('X-Powered-By'), null, what);
  }

  function isData(answer: Response, what: string): void {
    isClosed(answer, what);
    const { headers } = answer;
    const policy = headers.get('Content-Security-Policy');
    assert.equal(policy, "default-src 'none'; frame-ancestors 'none'", what);
    assert.equal(headers.get('Cross-Origin-Resource-Policy'), 'same-origin', what);
    assert.match(headers.get('Cache-Control') ?? '', /no-store|max-age=60/, what);
  }

  describe('every answer says that it is kept by nobody and run by nothing', () => {
    it('a refusal of each call', async () => {
      for (const { call } of describedCalls) {
        const path = call.path.replace(/:\w+/g, 'x');
        const answer = await ask(path, { method: call.method });
        if (call.by.length > 0) assert.ok(answer.status >= 400, path);
        isData(answer, path);
      }
    });

    it('what a call answers when all goes well, 204 too', async () => {
      const answers: Response[] = [];
      const { request } = running.server.app;
      running.server.app.request = async (...given) => {
        const answer = await request(...given);
        answers.push(answer.clone());
        return answer;
      };
      const holder = await Holder.create(running);
      const identity = await someGuest(running);
      const { body } = await holder.obtain({ identity });
      await holder.call('POST', '/v1/codes', { body: {}, grant: body.grant.token });
      await holder.call('DELETE', '/v1/grants');
      running.server.app.request = request;
      assert.ok(answers.some(({ status }) => status === 204));
      for (const answer of answers) isData(answer, answer.url);
    });

    it('an answer to a preflight, of the contract and of the testbed', async () => {
      for (const path of ['/openapi.json', '/mock/people', '/.well-known/jwks.json']) {
        isData(await ask(path), path);
      }
      isClosed(
        await ask('/v1/codes', { method: 'OPTIONS', headers: { Origin: origin } }),
        'OPTIONS',
      );
    });

    it('a refusal of what is nowhere, or has no such method, whatever pages are served beside it', async () => {
      for (const [method, path] of [
        ['GET', '/v1/nothing'],
        ['DELETE', '/v1/applications'],
        ['PUT', '/.well-known/boarding-id'],
        ['GET', '/mock/nothing'],
        ['POST', '/healthz'],
        ['GET', '/nothing'],
        ['POST', '/'],
        ['GET', '/embedding/nothing'],
        ['GET', '/embedding/module/'],
        ['POST', '/embedding/'],
        ['GET', '/gallery/nothing'],
        ['GET', `${gateOrigin}/embedding/vue/`],
        ['GET', `${gateOrigin}/nothing`],
        ['GET', `${gateOrigin}/v1/me`],
        ['POST', `${gateOrigin}/configuration.json`],
        ['DELETE', `${gateOrigin}/`],
      ] as const) {
        const answer = await ask(path, { method });
        const what = `${method} ${path}`;
        isData(answer, what);
        assert.equal(answer.status, 404, what);
        assert.equal(answer.headers.get('Content-Type'), 'application/problem+json', what);
        assert.equal(answer.headers.get('Permissions-Policy'), null, what);
        const { type } = (await answer.json()) as { type: string };
        assert.equal(type, 'urn:boarding-id:problem:not-found', what);
      }
    });

    it('and the operator sees calls by their patterns, files and what is nowhere as one', async () => {
      seen.length = 0;
      for (const path of ['/v1/applications/x', '/main.js', '/v1/nothing']) await ask(path);
      assert.deepEqual(
        seen.map(({ route }) => route),
        ['/v1/applications/:id', '/*', '/*'],
      );
    });

    it('a fault of the server', async () => {
      await ask('/mock/faults', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: '{"unavailable":true}',
      });
      const answer = await ask('/v1/me');
      await ask('/mock/faults', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: '{}',
      });
      assert.equal(answer.status, 503);
      isData(answer, '503');
    });

    it('the gate’s configuration, which holds its credential', async () => {
      isData(await ask(`${gateOrigin}/configuration.json`), 'configuration');
    });

    it('a page and its files', async () => {
      for (const path of [
        '/',
        '/main.js',
        '/docs',
        '/embedding/',
        '/embedding/component/',
        `${gateOrigin}/`,
      ]) {
        isClosed(await ask(path), path);
      }
    });
  });

  describe('a page', () => {
    it('runs its own scripts under Trusted Types and is framed by nobody else', async () => {
      for (const path of ['/', `${gateOrigin}/`]) {
        const policy = (await ask(path)).headers.get('Content-Security-Policy') ?? '';
        assert.match(policy, /script-src 'self'/);
        assert.match(policy, /require-trusted-types-for 'script'/);
        assert.match(policy, /frame-ancestors 'self'/);
        assert.doesNotMatch(policy, /'unsafe-(inline|eval)'/);
      }
    });

    it('of an example may be framed by the mock’s own pages, and has its addresses', async () => {
      const answer = await ask(`${gateOrigin}/embedding/component/`);
      const policy = answer.headers.get('Content-Security-Policy') ?? '';
      assert.match(policy, /script-src 'self'/);
      assert.ok(policy.includes(`frame-ancestors ${origin};`));
      assert.equal(await answer.text(), gateOrigin);
    });

    it('of the contract runs no script at all', async () => {
      const policy = (await ask('/docs')).headers.get('Content-Security-Policy') ?? '';
      assert.match(policy, /^default-src 'none'; style-src 'self'/);
      assert.doesNotMatch(policy, /script-src/);
    });
  });
});
