import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, afterEach, before, beforeEach, describe, it } from 'node:test';
import { connectionLimits } from '../../mock-server/http/connection-limits.ts';
import { createListener } from '../../mock-server/http/listener.ts';
import type { SeenRequest } from '../../mock-server/operation/observe.ts';
import { startIssuer, type RunningIssuer } from '../issuer/running-issuer.ts';
import { RawConnection } from './raw-connection.ts';

/** As the server has them, and shorter: nobody waits here for half a minute. */
const limits = {
  ...connectionLimits,
  headersTimeout: 150,
  requestTimeout: 300,
  connectionsCheckingInterval: 20,
};

let running: RunningIssuer;
let listener: Server;
let port: number;
/** Requests refused before the app saw them. */
let refused: SeenRequest[];

describe('hostile connections', () => {
  before(async () => {
    running = await startIssuer();
    listener = createListener(running.server.app, (seen) => refused.push(seen), limits);
    await once(listener.listen(0), 'listening');
    port = (listener.address() as AddressInfo).port;
  });
  after(async () => {
    listener.close();
    listener.closeAllConnections();
    await running.close();
  });
  beforeEach(() => {
    refused = [];
  });

  /** Whatever has happened, the next one is answered, and nothing was the server's own fault. */
  afterEach(async () => {
    const answer = await fetch(`http://127.0.0.1:${port}/.well-known/boarding-id`);
    assert.equal(answer.status, 200);
    await answer.text();
    assert.deepEqual(running.logged, []);
  });

  const head = (...headers: string[]): string =>
    ['POST /v1/places HTTP/1.1', 'Host: x', 'Content-Type: application/json', ...headers].join(
      '\r\n',
    );
  const request = (...headers: string[]): string => `${head(...headers)}\r\n\r\n`;
  /** What every refusal is that Node itself would have answered in plain text, or with nothing. */
  function isRefusal(answer: string, detail: string): void {
    const [, head = '', body = ''] = /^([^]*?\r\n)\r\n([^]*)$/.exec(answer) ?? [];
    assert.match(head, /^HTTP\/1\.1 400 Bad Request\r\n/);
    assert.deepEqual(JSON.parse(body), {
      type: 'urn:boarding-id:problem:invalid-request',
      title: 'invalid request',
      status: 400,
      detail,
    });
    const headers = new Headers(
      [...head.matchAll(/^([\w-]+): (.*)\r$/gm)].map(([, name = '', value = '']) => [name, value]),
    );
    for (const [name, value] of Object.entries({
      'Content-Type': 'application/problem+json',
      'Content-Length': String(body.length),
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      'Referrer-Policy': 'no-referrer',
      'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Access-Control-Allow-Origin': '*',
      Connection: 'close',
    })) {
      assert.equal(headers.get(name)?.toLowerCase(), value.toLowerCase(), name);
    }
    assert.ok(headers.has('Date'));
    assert.deepEqual(refused, [
      {
        id: headers.get('X-Request-Id'),
        method: '-',
        route: '-',
        status: 400,
        problem: 'invalid-request',
        milliseconds: 0,
      },
    ]);
  }

  const tenMegabytes = 10_000_000;

  describe('a body of 10 MB', () => {
    it('is refused by its length, before it is read', async () => {
      const connection = await RawConnection.open(port);
      await connection.send(request(`Content-Length: ${tenMegabytes}`));
      assert.equal(await connection.status(), '400');
      connection.leave();
    });

    it('without a length is refused once 64 kB have come', async () => {
      const connection = await RawConnection.open(port);
      await connection.send(request('Transfer-Encoding: chunked'));
      const chunk = `4000\r\n${'x'.repeat(0x4000)}\r\n`;
      while (connection.sentBytes < tenMegabytes && (await connection.send(chunk))) {
        await new Promise(setImmediate);
      }
      assert.equal(await connection.status(), '400');
      assert.ok(connection.sentBytes < tenMegabytes, `${connection.sentBytes} bytes were taken`);
      connection.leave();
    });
  });

  describe('a client that takes its time', () => {
    it('with the headers loses the connection', async () => {
      const connection = await RawConnection.open(port);
      const dribble = setInterval(() => void connection.send('x'), 10);
      await connection.send(head('X: '));
      const answer = await connection.untilClosed();
      clearInterval(dribble);
      isRefusal(answer, 'the request did not come in time');
    });

    it('with the body loses the connection', async () => {
      const connection = await RawConnection.open(port);
      await connection.send(request('Content-Length: 60000', 'DPoP: x'));
      isRefusal(await connection.untilClosed(), 'the request did not come in time');
    });

    it('with a body in chunks loses the connection', async () => {
      const connection = await RawConnection.open(port);
      const dribble = setInterval(() => void connection.send('1\r\nx\r\n'), 10);
      await connection.send(request('Transfer-Encoding: chunked'));
      const answer = await connection.untilClosed();
      clearInterval(dribble);
      isRefusal(answer, 'the request did not come in time');
    });

    it('by saying nothing at all loses the connection without a word', async () => {
      const connection = await RawConnection.open(port);
      assert.equal(await connection.untilClosed(), '');
      assert.deepEqual(refused, []);
    });

    it('does not keep others from their answers', async () => {
      const slow = await Promise.all(Array.from({ length: 200 }, () => RawConnection.open(port)));
      await Promise.all(slow.map((connection) => connection.send(head('X: '))));
      const answer = await fetch(`http://127.0.0.1:${port}/.well-known/boarding-id`);
      assert.equal(answer.status, 200);
      await answer.text();
      await Promise.all(slow.map((connection) => connection.untilClosed()));
    });
  });

  describe('a client that goes away', () => {
    for (const [name, headers] of [
      ['in its headers', head('X: y')],
      ['in a body with a length', `${request('Content-Length: 100')}{"latitude":`],
      ['in a body in chunks', `${request('Transfer-Encoding: chunked')}5\r\n{"lat`],
    ] as const) {
      it(name, async () => {
        const connection = await RawConnection.open(port);
        await connection.send(headers);
        // What was sent has arrived when another, sent later, has been answered.
        await (await fetch(`http://127.0.0.1:${port}/.well-known/boarding-id`)).text();
        connection.leave();
      });
    }
  });

  describe('headers that are too much or contradict each other', () => {
    const tooLarge = 'the headers are too large';
    const notHttp = 'not HTTP/1.1';
    const cases: Record<string, [sent: string, detail: string]> = {
      'more than 16 kB': [request(`X: ${'x'.repeat(17_000)}`), tooLarge],
      'three thousand': [request(...Array.from({ length: 3000 }, (_, i) => `X${i}: y`)), tooLarge],
      'two lengths': [request('Content-Length: 1', 'Content-Length: 2'), notHttp],
      'a length and chunks': [request('Content-Length: 1', 'Transfer-Encoding: chunked'), notHttp],
      'a length below zero': [request('Content-Length: -1'), notHttp],
      'a length that is no number': [request('Content-Length: 1e3'), notHttp],
      'an unknown transfer encoding': [request('Transfer-Encoding: gzip'), notHttp],
      'a bare line feed': [`${head('Content-Length: 0')}\nX: y\n\n`, notHttp],
      'a space before the colon': [request('DPoP : x'), notHttp],
      NUL: [request('X: \0'), notHttp],
      'no HTTP at all': ['\x16\x03\x01 hello\r\n\r\n', notHttp],
      'no host': ['GET / HTTP/1.1\r\n\r\n', 'the address or Host'],
      'a host that is none': ['GET / HTTP/1.1\r\nHost: a b\r\n\r\n', 'the address or Host'],
      'an address that is none': ['GET *x HTTP/1.1\r\nHost: x\r\n\r\n', 'the address or Host'],
    };
    for (const [name, [sent, detail]] of Object.entries(cases)) {
      it(name, async () => {
        const connection = await RawConnection.open(port);
        await connection.send(sent);
        isRefusal(await connection.untilClosed(), detail);
      });
    }

    it('an expectation that nobody knows, which is left alone', async () => {
      const connection = await RawConnection.open(port);
      await connection.send(
        'GET /healthz HTTP/1.1\r\nHost: x\r\nExpect: x\r\nConnection: close\r\n\r\n',
      );
      assert.deepEqual(statusesIn(await connection.untilClosed()), ['200']);
    });

    it('two DPoP proofs', async () => {
      const connection = await RawConnection.open(port);
      await connection.send(
        request('DPoP: a', 'DPoP: b', 'Content-Length: 2', 'Connection: close') + '{}',
      );
      const answer = await connection.untilClosed();
      assert.match(answer, /^HTTP\/1\.1 401/);
      assert.match(answer, /invalid-dpop-proof/);
    });
  });

  describe('a length that lies', () => {
    it('when more comes than was said, what comes after is no request and is refused in its turn', async () => {
      const connection = await RawConnection.open(port);
      await connection.send(`${request('Content-Length: 2', 'DPoP: x')}{}{"latitude":1}`);
      assert.deepEqual(statusesIn(await connection.untilClosed()), ['401', '400']);
      assert.equal(refused.length, 1);
    });
  });
});

const statusesIn = (answers: string): string[] =>
  [...answers.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status = '']) => status);
