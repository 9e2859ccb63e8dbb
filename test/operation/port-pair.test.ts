import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { connect, createServer, type Server } from 'node:net';
import { afterEach, describe, it } from 'node:test';
import { ConfigurationError } from '../../mock-server/configuration.ts';
import { holdPair, type PortPair } from '../../mock-server/operation/port-pair.ts';

const open: Server[] = [];
afterEach(async () => {
  await Promise.all(
    open.splice(0).map((server) => new Promise((resolve) => server.close(resolve))),
  );
});

const never = (text: string): never => assert.fail(text);

async function held(asked: number | undefined, say: (text: string) => void): Promise<PortPair> {
  const pair = await holdPair(asked, say);
  open.push(pair.host, pair.gate);
  return pair;
}

/** Somebody else listens there already, or does now. */
async function taken(port: number): Promise<void> {
  const squatter = createServer();
  const isThere = await new Promise((resolve) => {
    squatter.once('error', () => resolve(false));
    squatter.listen(port, () => resolve(true));
  });
  if (isThere) open.push(squatter);
}

const refusalOf = (asked: number): Promise<unknown> =>
  held(asked, never).then(
    () => undefined,
    (error: unknown) => error,
  );

describe('the ports', () => {
  it('are any two in a row with 0, and held against everybody else', async () => {
    const first = await held(0, never);
    const second = await held(0, never);
    assert.ok(Math.abs(first.port - second.port) > 1);
    for (const asked of [first.port, first.port + 1, first.port - 1]) {
      const refusal = await refusalOf(asked);
      assert.ok(refusal instanceof ConfigurationError, String(asked));
      assert.match(refusal.message, /^PORT: \d+ is taken \(EADDRINUSE\)\. Set PORT to another/);
    }
  });

  it('that were asked for are let go where one is not to be had', async () => {
    const { port } = await held(0, never);
    await refusalOf(port - 1);
    const free = createServer();
    open.push(free);
    await once(free.listen(port - 1), 'listening');
  });

  it('are the next pair where nobody asked for one and 8080 is taken, and that is said', async () => {
    await taken(8081);
    const said: string[] = [];
    const { port } = await held(undefined, (text) => said.push(text));
    assert.ok(port >= 8082);
    assert.deepEqual(said, [`  Port 8080 or 8081 is taken; using ${port} and ${port + 1}.`]);
  });

  it('are listened at by whoever was given what holds them, and nobody before', async () => {
    const { port, host } = await held(0, never);
    // Sent away at once, with or without an error.
    await new Promise((resolve) =>
      connect(port)
        .on('error', () => {})
        .once('close', resolve),
    );
    const listener = createHttpServer((_, response) => response.end('here'));
    await new Promise((resolve) => listener.listen(host, () => resolve(0)));
    const answer = await fetch(`http://localhost:${port}`);
    assert.equal(await answer.text(), 'here');
    listener.closeAllConnections();
    listener.close();
  });
});
