import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it, mock } from 'node:test';
import {
  Holder,
  origin,
  someGuest,
  startIssuer,
  type RunningIssuer,
} from '../issuer/running-issuer.ts';

let running: RunningIssuer;
beforeEach(async () => {
  running = await startIssuer();
});
afterEach(async () => {
  mock.timers.reset();
  await running.close();
});

/** Sends a code to the lanes' call; its body comes when the test lets it, or breaks off. */
async function slowAdmission(text: string) {
  const bytes = new TextEncoder().encode(text);
  let line: ReadableStreamDefaultController<Uint8Array>;
  let isWaitedFor = () => {};
  const waitedFor = new Promise<void>((resolve) => (isWaitedFor = resolve));
  const body = new ReadableStream<Uint8Array>(
    {
      start: (controller) => void (line = controller),
      pull: () => isWaitedFor(),
    },
    { highWaterMark: 0 },
  );
  const credential = running.server.issuer.secrets['gate-credential'].toString('base64url');
  const answer = running.server.app.request(`${origin}/v1/admissions`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${credential}`,
      'Content-Type': 'application/json',
      'Content-Length': String(bytes.length),
    },
    body,
    duplex: 'half',
  } as RequestInit);
  await waitedFor;
  return {
    arrive: async () => {
      line.enqueue(bytes);
      line.close();
      return answer;
    },
    breakOff: async () => {
      line.error(new Error('the line'));
      return answer;
    },
  };
}

const code = JSON.stringify({
  scanned: 'x',
  station: 'beijing-south',
  lane: '1',
  purpose: 'entry',
});

describe('a body that takes its time', () => {
  it('is waited for, for as long as a request may take, and then answered', async () => {
    mock.timers.enable({ apis: ['setTimeout'] });
    const slow = await slowAdmission('{');
    mock.timers.tick(29_000);
    const response = await slow.arrive();
    assert.equal(response.status, 400);
    assert.match(await response.text(), /the body is not JSON/);
    const good = await slowAdmission(code);
    mock.timers.tick(29_000);
    assert.equal((await good.arrive()).status, 200);
  });

  it('and breaks off is refused as no fault of the server', async () => {
    const slow = await slowAdmission(code);
    const response = await slow.breakOff();
    assert.equal(response.status, 400);
    assert.match(await response.text(), /the body broke off/);
    assert.deepEqual(running.logged, []);
  });
});

describe('an answer that takes its time', () => {
  it('is given up for unavailable 10 s after the request has come', async () => {
    const holder = await Holder.create(running);
    const identity = await someGuest(running);
    await holder.call('GET', '/v1/records');
    const { livenessProvider } = running.server.issuer;
    const arrived = new Promise<void>((resolve) => {
      livenessProvider.begin = () => {
        resolve();
        return new Promise(() => {});
      };
    });
    mock.timers.enable({ apis: ['setTimeout'] });
    const answer = holder.apply({ identity });
    await arrived;
    mock.timers.tick(10_000);
    const { status, problem, body } = await answer;
    assert.deepEqual([status, problem], [503, 'unavailable']);
    assert.match(JSON.stringify(body), /too slow/);
  });
});
