import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import { RawConnection } from '../attack/raw-connection.ts';
import { startMock, type RunningMock } from '../journeys/running-mock.ts';

let mock: RunningMock;
before(async () => {
  mock = await startMock();
});
after(async () => {
  assert.equal(await mock.stop(), 0);
});

const megabytes = (): number =>
  Number(readFileSync(`/proc/${mock.pid}/status`, 'utf8').match(/^VmRSS:\s+(\d+)/m)?.[1]) / 1024;

const isAnswering = async (): Promise<void> => {
  const answer = await fetch(`${mock.host}/.well-known/boarding-id`);
  assert.equal(answer.status, 200);
  await answer.text();
};

const head = (...headers: string[]): string =>
  [
    'POST /v1/places HTTP/1.1',
    'Host: x',
    'Content-Type: application/json',
    ...headers,
    '',
    '',
  ].join('\r\n');
const chunk = 'x'.repeat(100_000);

async function sendTenMegabytes(headers: string, piece: string): Promise<string> {
  const connection = await RawConnection.open(mock.port);
  await connection.send(headers);
  while (connection.sentBytes < 10_000_000 && (await connection.send(piece))) {
    await new Promise(setImmediate);
  }
  const status = await connection.status();
  connection.leave();
  return status;
}

describe('the running server, sent what nobody honest sends', { skip: skipped() }, () => {
  it('refuses 100 bodies of 10 MB, keeps none of them, and goes on answering', async () => {
    for (let round = 0; round < 5; round++) {
      await sendTenMegabytes(head('Content-Length: 10000000'), chunk);
    }
    const used = megabytes();
    for (let round = 0; round < 10; round++) {
      const statuses = await Promise.all(
        Array.from({ length: 10 }, (_, i) =>
          i % 2
            ? sendTenMegabytes(head('Content-Length: 10000000'), chunk)
            : sendTenMegabytes(
                head('Transfer-Encoding: chunked'),
                `${chunk.length.toString(16)}\r\n${chunk}\r\n`,
              ),
        ),
      );
      // Whoever still sends when the connection is closed may not see why.
      for (const status of statuses) assert.match(status, /^(400|closed)$/);
      await isAnswering();
    }
    const more = megabytes() - used;
    assert.ok(more < 150, `${more} MB more than before`);
  });

  it('closes 200 connections that dribble, in its own time, and answers others meanwhile', async (test) => {
    const start = performance.now();
    const slow = await Promise.all(
      Array.from({ length: 200 }, () => RawConnection.open(mock.port)),
    );
    await Promise.all(slow.map((connection) => connection.send('POST /v1/places HTTP/1.1\r\nX: ')));
    const dribble = setInterval(() => slow.forEach((each) => void each.send('x')), 1000);
    test.after(() => clearInterval(dribble));
    await isAnswering();
    await Promise.all(slow.map((connection) => connection.untilClosed()));
    const seconds = (performance.now() - start) / 1000;
    test.diagnostic(`closed after ${seconds.toFixed(1)} s`);
    assert.ok(seconds < 40);
    await isAnswering();
  });
});

/** Only there a process's memory can be read by its number. */
function skipped(): string | false {
  return process.platform === 'linux' ? false : 'reads /proc';
}
