import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Question, Spent } from './server-under-load.ts';
import { watchTime, type Times } from './where-time-goes.ts';

/** Serves an app to the bench that has started this process, until it lets go. */
export async function listen(app: Hono, close: () => Promise<void>): Promise<void> {
  const server = createServer(getRequestListener(app.fetch));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  let stop: (() => Promise<Times>) | undefined;
  const answers: Record<Question, () => Promise<Spent | Times | object>> = {
    spent: async (): Promise<Spent> => {
      const { user, system } = process.cpuUsage();
      return {
        cpuMilliseconds: (user + system) / 1000,
        residentBytes: process.memoryUsage.rss(),
      };
    },
    watch: async () => {
      stop = await watchTime();
      return {};
    },
    watched: async () => (await stop?.()) ?? {},
  };
  process.on('message', (question: Question) => {
    void answers[question]().then((answer) => process.send?.(answer));
  });
  process.once('disconnect', () => void close().finally(() => process.exit()));
  process.send?.({ port: (server.address() as AddressInfo).port });
}
