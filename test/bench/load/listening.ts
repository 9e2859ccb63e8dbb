import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Spent } from './server-under-load.ts';

/** Serves an app to the bench that has started this process, until it lets go. */
export async function listen(app: Hono, close: () => Promise<void>): Promise<void> {
  const server = createServer(getRequestListener(app.fetch));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  process.on('message', () => {
    const { user, system } = process.cpuUsage();
    process.send?.({
      cpuMilliseconds: (user + system) / 1000,
      residentBytes: process.memoryUsage.rss(),
    } satisfies Spent);
  });
  process.once('disconnect', () => void close().finally(() => process.exit()));
  process.send?.({ port: (server.address() as AddressInfo).port });
}
