import { getRequestListener } from '@hono/node-server';
import { writeSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openStore } from '../../mock-server/store/open-store.ts';
import { startIssuer, type RunningIssuer } from '../issuer/running-issuer.ts';
import type { Order, Ready, Setting } from './mortal-server.ts';
import { PointWatch } from './point-watch.ts';
import { namesOf } from './points.ts';
import { watchStatements } from './statements.ts';

/** A server that ends at a point it is told of, without another word: as by `kill -9`. */

const { place, brokenAfter, stepByStep = false }: Setting = JSON.parse(process.argv[2] ?? '{}');

const watch = new PointWatch();

watchStatements({
  before: (sql) => namesOf(sql).forEach((name) => watch.reached(`before ${name}`)),
  after: (sql) => namesOf(sql).forEach((name) => watch.reached(`after ${name}`)),
  breaksAfter: (sql) => brokenAfter !== undefined && namesOf(sql).includes(brokenAfter),
  findsUsed: () => stepByStep,
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
    watch.reached('before answer');
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
    watch.await(crashAt, () => {
      writeSync(process.stdout.fd, crashAt?.moment ?? '');
      process.kill(process.pid, 'SIGKILL');
    });
    process.send?.({ port } satisfies Ready);
  });
});
process.once('disconnect', () => process.exit());
