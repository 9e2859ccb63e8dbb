import type { Server as HttpServer } from 'node:http';
import { createServer as createNetServer } from 'node:net';
import { ConfigurationError, type Configuration } from '../configuration.ts';
import { createListener } from '../http/listener.ts';
import { createServer } from '../server.ts';
import type { OpenStore } from '../store/open-store.ts';
import { openLog } from './log.ts';
import { createMetrics } from './metrics.ts';
import type { RequestObserver } from './observe.ts';
import { operatorApp } from './operator-app.ts';
import { createShutdown } from './shutdown.ts';

const tidyMilliseconds = 60_000;

interface ServeOptions {
  configuration: Configuration;
  openStore: (onError: () => void) => Promise<OpenStore>;
  /** Of the built pages. */
  folder: string;
  /** For whoever has started it. */
  say: (text: string) => void;
  /** Takes a line of the log. */
  write: (line: string) => void;
}

/** Starts host app and issuer on one port, the gate on the next; ends by SIGINT or SIGTERM. */
export async function serve(options: ServeOptions): Promise<void> {
  const { configuration, folder, say, write } = options;
  const port = await firstFreePair(configuration, say);
  const origin = configuration.publicOrigin ?? `http://localhost:${port}`;
  const gateOrigin = `http://localhost:${port + 1}`;
  const log = openLog({ mode: configuration.log, write, now: Date.now });
  const metrics = createMetrics();
  const store = await options.openStore(metrics.storeError);
  const shutdown = createShutdown({
    finish: async () => {
      clearInterval(tidying);
      await store.destroy();
      log.event('stopped');
    },
    exit: (code) => process.exit(code),
    after: (milliseconds, call) => setTimeout(call, milliseconds).unref(),
  });
  const seen: RequestObserver = (request) => {
    log.request(request);
    metrics.request(request);
  };
  const server = await createServer({
    origin,
    store,
    now: Date.now,
    proxies: configuration.proxies,
    log: log.fault,
    operation: {
      seen,
      elapsed: () => performance.now(),
      proofIssued: metrics.proofIssued,
      isStopping: shutdown.isStopping,
    },
    pages: { folder, gateOrigin },
  });
  shutdown.watch(await listen(createListener(server.app, seen), port));
  shutdown.watch(await listen(createListener(server.gateApp, seen), port + 1));
  const operator = configuration.operationAddress;
  if (operator) {
    const listener = createListener(operatorApp(metrics, server.ready), seen);
    await listen(listener, operator.port, operator.host).catch(
      ({ code }: NodeJS.ErrnoException) => {
        throw new ConfigurationError(`OPERATION_ADDRESS: nothing can listen there (${code}).`);
      },
    );
  }
  const tidying = setInterval(() => {
    server.tidy().catch((error: unknown) => log.fault('tidying', error));
  }, tidyMilliseconds);

  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      log.event('stopping');
      shutdown.stop();
    });
  }
  log.event('listening');
  say(`
  host app  ${origin}
  gate      ${gateOrigin}
  contract  ${origin}/docs
  gallery   ${origin}/gallery/
  embedding ${origin}/embedding/

  Ctrl-C ends it.`);
}

/** The first pair of ports that is free, from the given port on, or from 8080. */
async function firstFreePair(
  { port, portGiven }: Configuration,
  say: (text: string) => void,
): Promise<number> {
  const last = Math.min(port + 99, 65535);
  for (let candidate = port; candidate < last; candidate += 2) {
    if ((await isFree(candidate)) && (await isFree(candidate + 1))) {
      if (candidate !== port) {
        say(`  Port ${port} or ${port + 1} is taken; using ${candidate} and ${candidate + 1}.`);
      }
      return candidate;
    }
  }
  const name = portGiven ? 'PORT' : 'The default port';
  throw new ConfigurationError(`${name}: no free pair of ports from ${port} to ${last}.`);
}

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createNetServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, () => probe.close(() => resolve(true)));
  });

/** @param hostname every address of this machine without */
const listen = (listener: HttpServer, port: number, hostname?: string): Promise<HttpServer> =>
  new Promise((resolve, reject) => {
    listener.once('error', reject);
    listener.listen(port, hostname, () => resolve(listener));
  });
