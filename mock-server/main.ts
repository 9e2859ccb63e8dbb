import { serve } from '@hono/node-server';
import type { Hono } from 'hono';
import { createServer as createNetServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConfigurationError, readConfiguration, type Configuration } from './configuration.ts';
import { connectionLimits } from './http/connection-limits.ts';
import { createServer } from './server.ts';
import { openStore } from './store/open-store.ts';

/** `npm start`: host app and issuer on one port, the gate on the next. */

const tidyMilliseconds = 60_000;

async function main(): Promise<void> {
  const configuration = readConfiguration(process.env);
  const port = await firstFreePair(configuration);
  const origin = configuration.publicOrigin ?? `http://localhost:${port}`;
  const gateOrigin = `http://localhost:${port + 1}`;
  const store = await openStore({
    databaseUrl: configuration.databaseUrl,
    file: join(configuration.dataFolder, 'boarding-id.sqlite'),
  });
  const server = await createServer({
    origin,
    store,
    now: Date.now,
    proxies: configuration.proxies,
    log: (what, error) => console.error(`${what}:`, error),
    pages: { folder: fileURLToPath(new URL('..', import.meta.url)), gateOrigin },
  });
  const listeners = [await listen(server.app, port), await listen(server.gateApp, port + 1)];
  const tidying = setInterval(() => void server.tidy(), tidyMilliseconds);

  const stop = async (): Promise<void> => {
    clearInterval(tidying);
    await Promise.all(listeners.map((close) => close()));
    await store.destroy();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void stop().then(() => process.exit(0)));
  }

  console.log(`
  host app  ${origin}
  gate      ${gateOrigin}
  contract  ${origin}/docs
  gallery   ${origin}/gallery/
  embedding ${origin}/embedding/

  Ctrl-C ends it.`);
}

/** The given port and the one after; without a given one, the first pair that is free from 8080 on. */
async function firstFreePair({ port, portGiven }: Configuration): Promise<number> {
  for (let candidate = port; candidate < port + 100; candidate += 2) {
    if ((await isFree(candidate)) && (await isFree(candidate + 1))) {
      if (candidate !== port) {
        console.log(
          `  Port ${port} or ${port + 1} is taken; using ${candidate} and ${candidate + 1}.`,
        );
      }
      return candidate;
    }
  }
  const name = portGiven ? 'PORT' : 'The default port';
  throw new ConfigurationError(`${name}: no free pair of ports from ${port} to ${port + 99}.`);
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createNetServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, () => probe.close(() => resolve(true)));
  });

/** @returns how to stop listening: open connections finish what they began */
const listen = (app: Hono, port: number): Promise<() => Promise<void>> =>
  new Promise((resolve) => {
    const listener = serve({ fetch: app.fetch, port, serverOptions: connectionLimits }, () =>
      resolve(
        () =>
          new Promise((closed) => {
            listener.close(() => closed());
            if ('closeIdleConnections' in listener) listener.closeIdleConnections();
          }),
      ),
    );
  });

main().catch((error: unknown) => {
  console.error(error instanceof ConfigurationError ? error.message : error);
  process.exitCode = 1;
});
