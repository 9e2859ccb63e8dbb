import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Agent, createServer, get, type IncomingMessage, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { createShutdown } from '../../mock-server/operation/shutdown.ts';

let listener: Server;
/** Lets the request under way be answered. */
let answer: () => void;
let agent: Agent;
let finished: number;
let exits: (0 | 1)[];
let exited: Promise<void>;
let grace: { milliseconds: number; over: () => void };
let shutdown: ReturnType<typeof createShutdown>;

beforeEach(async () => {
  finished = 0;
  // Its own: a listener that is torn down after a test ends that test's server, not the next one's.
  const codes: (0 | 1)[] = [];
  exits = codes;
  exited = new Promise((resolve) => {
    shutdown = createShutdown({
      finish: async () => void finished++,
      exit: (code) => {
        codes.push(code);
        resolve();
      },
      after: (milliseconds, over) => (grace = { milliseconds, over }),
    });
  });
  listener = createServer((_, response) => {
    answer = () => response.end('done');
  });
  shutdown.watch(listener);
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  agent = new Agent({ keepAlive: true });
});
afterEach(() => {
  agent.destroy();
  listener.closeAllConnections();
  listener.close();
});

/** A request on a connection that is to be kept; the server has it when this is done. */
async function begin(): Promise<{ response: Promise<[IncomingMessage]> }> {
  const { port } = listener.address() as AddressInfo;
  const response = once(get({ port, host: '127.0.0.1', agent }), 'response');
  // Where nobody waits for the answer, nobody minds that none comes.
  response.catch(() => {});
  await once(listener, 'request');
  return { response: response as Promise<[IncomingMessage]> };
}

describe('the end of a server', () => {
  it('lets a request under way have its answer, closes its connection and leaves in order', async () => {
    const begun = await begin();
    shutdown.stop();
    assert.equal(shutdown.isStopping(), true);
    assert.deepEqual(exits, []);
    answer();
    const [response] = await begun.response;
    assert.equal(response.headers.connection, 'close');
    assert.equal((await response.toArray()).join(''), 'done');
    await exited;
    assert.deepEqual([finished, exits], [1, [0]]);
  });

  it('does not wait for connections that are kept open with nothing under way', async () => {
    const begun = await begin();
    answer();
    const [response] = await begun.response;
    await response.toArray();
    assert.equal(response.headers.connection, 'keep-alive');
    shutdown.stop();
    await exited;
    assert.deepEqual(exits, [0]);
  });

  it('does not wait for a connection that nothing was asked on', async () => {
    const { port } = listener.address() as AddressInfo;
    const arrived = once(listener, 'connection');
    const socket = connect(port, '127.0.0.1');
    await arrived;
    shutdown.stop();
    await exited;
    assert.deepEqual(exits, [0]);
    socket.destroy();
  });

  it('does not wait any longer when asked a second time', async () => {
    await begin();
    shutdown.stop();
    shutdown.stop();
    assert.deepEqual([finished, exits], [0, [1]]);
  });

  it('does not wait longer than ten seconds', async () => {
    await begin();
    shutdown.stop();
    assert.equal(grace.milliseconds, 10_000);
    grace.over();
    assert.deepEqual(exits, [1]);
  });
});
