import { getRequestListener } from '@hono/node-server';
import { writeSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openStore } from '../../mock-server/store/open-store.ts';
import { startIssuer, type RunningIssuer } from '../issuer/running-issuer.ts';
import type { Order, Ready, Setting } from './mortal-server.ts';
import { namesOf, type Point } from './points.ts';
import { watchStatements } from './statements.ts';

/** A server that ends at a point it is told of, without another word: as by `kill -9`. */

const { place, brokenAfter }: Setting = JSON.parse(process.argv[2] ?? '{}');

let awaited: Point | undefined;
const past = new Set<string>();

function reached(moment: string): void {
  if (awaited === undefined) return;
  if (moment === awaited.moment && (awaited.past === undefined || past.has(awaited.past))) {
    writeSync(process.stdout.fd, moment);
    process.kill(process.pid, 'SIGKILL');
  }
  past.add(moment);
}

watchStatements({
  before: (sql) => namesOf(sql).forEach((name) => reached(`before ${name}`)),
  after: (sql) => namesOf(sql).forEach((name) => reached(`after ${name}`)),
  breaksAfter: (sql) => brokenAfter !== undefined && namesOf(sql).includes(brokenAfter),
});

const unlimited = { perMinute: 1e9 };
const patienceMilliseconds = 60_000;

async function start(): Promise<{ running: RunningIssuer; port: number }> {
  const running = await startIssuer(await openStore({ ...place, patienceMilliseconds }), {
    rates: { address: unlimited, device: unlimited },
    answerMilliseconds: patienceMilliseconds,
  });
  const listener = getRequestListener(async (request, environment) => {
    const response = await running.server.app.fetch(request, environment);
    reached('before answer');
    return response;
  });
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { running, port: (server.address() as AddressInfo).port };
}

let started: ReturnType<typeof start> | undefined;

process.on('message', ({ time, crashAt }: Order) => {
  started ??= start();
  void started.then(({ running, port }) => {
    running.time = time;
    awaited = crashAt;
    past.clear();
    process.send?.({ port } satisfies Ready);
  });
});
process.once('disconnect', () => process.exit());
