import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request, type ClientRequest, type IncomingMessage } from 'node:http';
import { afterEach, beforeEach, describe, it } from 'node:test';
import { freePort, startMock, type RunningMock } from './running-mock.ts';

let operator: string;
let mock: RunningMock;
beforeEach(async () => {
  const address = `127.0.0.1:${await freePort()}`;
  operator = `http://${address}`;
  mock = await startMock({ OPERATION_ADDRESS: address, LOG: 'json' });
});
afterEach(() => mock.stop());

/** A sign-in that the server has begun to read, and waits for the rest of. */
async function half(): Promise<ClientRequest> {
  const headers = { 'Content-Type': 'application/json', Expect: '100-continue' };
  const sent = request(`${mock.host}/mock/sessions`, { method: 'POST', headers });
  // Where the server ends first, there is nothing to be said.
  sent.on('error', () => {});
  sent.flushHeaders();
  await once(sent, 'continue');
  return sent;
}

async function isStopping(): Promise<void> {
  while ((await fetch(`${operator}/readyz`)).status !== 503);
}

describe('running the mock', () => {
  it('at SIGTERM takes nothing new, answers what is under way, and leaves with 0', async () => {
    const sent = await half();
    const answered = once(sent, 'response') as Promise<[IncomingMessage]>;
    mock.signal('SIGTERM');
    await isStopping();
    await assert.rejects(fetch(`${mock.host}/healthz`));
    assert.equal((await fetch(`${operator}/healthz`)).status, 200);
    sent.end('{"person":"adult"}');
    const [response] = await answered;
    assert.equal(response.statusCode, 200);
    assert.equal(response.headers.connection, 'close');
    assert.match((await response.toArray()).join(''), /"session":"eyJ/);
    assert.equal(await mock.ended, 0);
  });

  it('at a second signal leaves at once, with 1', async () => {
    await half();
    mock.signal('SIGTERM');
    await isStopping();
    mock.signal('SIGTERM');
    assert.equal(await mock.ended, 1);
  });

  it('writes a line of JSON a request, and tells its metrics at the operator’s address alone', async () => {
    await mock.post('/mock/sessions', { person: 'adult' });
    const lines = mock
      .printed()
      .split('\n')
      .filter((line) => line.startsWith('{'));
    const entries = lines.map((line) => JSON.parse(line) as { event: string; route?: string });
    assert.deepEqual(
      entries.map(({ event, route }) => [event, route]),
      [
        ['listening', undefined],
        ['request', '/mock/sessions'],
      ],
    );
    const metrics = await (await fetch(`${operator}/metrics`)).text();
    assert.match(metrics, /^boarding_id_requests_total{.*route="\/mock\/sessions".*} 1$/m);
    assert.equal((await fetch(`${mock.host}/metrics`)).status, 404);
  });
});
