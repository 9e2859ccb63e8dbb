import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { after, afterEach, before, describe, it } from 'node:test';
import { serve } from '@hono/node-server';
import { connectionLimits } from '../../mock-server/http/connection-limits.ts';
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
let listener: ReturnType<typeof serve>;
let port: number;

describe('hostile connections', () => {
  before(async () => {
    running = await startIssuer();
    listener = serve({ fetch: running.server.app.fetch, port: 0, serverOptions: limits });
    await once(listener, 'listening');
    port = (listener.address() as AddressInfo).port;
  });
  after(async () => {
    listener.close();
    if ('closeAllConnections' in listener) listener.closeAllConnections();
    await running.close();
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
      assert.match(await connection.untilClosed(), /^HTTP\/1\.1 408/);
      clearInterval(dribble);
    });

    it('with the body loses the connection', async () => {
      const connection = await RawConnection.open(port);
      await connection.send(request('Content-Length: 60000', 'DPoP: x'));
      const answer = await connection.untilClosed();
      assert.match(answer, /^HTTP\/1\.1 (401|408)/);
    });

    it('with a body in chunks loses the connection', async () => {
      const connection = await RawConnection.open(port);
      const dribble = setInterval(() => void connection.send('1\r\nx\r\n'), 10);
      await connection.send(request('Transfer-Encoding: chunked'));
      await connection.untilClosed();
      clearInterval(dribble);
    });

    it('by saying nothing at all loses the connection', async () => {
      const connection = await RawConnection.open(port);
      await connection.untilClosed();
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
    const refused: Record<string, [sent: string, status: string]> = {
      'more than 16 kB': [request(`X: ${'x'.repeat(17_000)}`), '431'],
      'three thousand': [request(...Array.from({ length: 3000 }, (_, i) => `X${i}: y`)), '431'],
      'two lengths': [request('Content-Length: 1', 'Content-Length: 2'), '400'],
      'a length and chunks': [request('Content-Length: 1', 'Transfer-Encoding: chunked'), '400'],
      'a length below zero': [request('Content-Length: -1'), '400'],
      'a length that is no number': [request('Content-Length: 1e3'), '400'],
      'an unknown transfer encoding': [request('Transfer-Encoding: gzip'), '400'],
      'a bare line feed': [`${head('Content-Length: 0')}\nX: y\n\n`, '400'],
      'a space before the colon': [request('DPoP : x'), '400'],
      NUL: [request('X: \0'), '400'],
      'no HTTP at all': ['\x16\x03\x01 hello\r\n\r\n', '400'],
    };
    for (const [name, [sent, status]] of Object.entries(refused)) {
      it(name, async () => {
        const connection = await RawConnection.open(port);
        await connection.send(sent);
        assert.equal(await connection.status(), status);
        connection.leave();
      });
    }

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
    it('when more comes than was said, what comes after is no request', async () => {
      const connection = await RawConnection.open(port);
      await connection.send(`${request('Content-Length: 2', 'DPoP: x')}{}{"latitude":1}`);
      const statuses = [...(await connection.untilClosed()).matchAll(/^HTTP\/1\.1 (\d+)/gm)];
      assert.ok(statuses.every(([, status]) => status === '401' || status === '400'));
    });
  });
});
