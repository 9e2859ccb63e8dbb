import type { Server as HttpServer } from 'node:http';
import type { ListenOptions, Server as NetServer } from 'node:net';
import { ConfigurationError, type Configuration } from '../configuration.ts';
import { createListener } from '../http/listener.ts';
import { createServer } from '../server.ts';
import type { OpenStore } from '../store/open-store.ts';
import { openLog } from './log.ts';
import { createMetrics } from './metrics.ts';
import type { RequestObserver } from './observe.ts';
import { operatorApp } from './operator-app.ts';
import { holdPair } from './port-pair.ts';
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
  const pair = await holdPair(configuration.port, say);
  const origin = configuration.publicOrigin ?? `http://localhost:${pair.port}`;
  const gateOrigin = `http://localhost:${pair.port + 1}`;
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
  shutdown.watch(await listen(createListener(server.app, seen), pair.host));
  shutdown.watch(await listen(createListener(server.gateApp, seen), pair.gate));
  const operator = configuration.operationAddress;
  if (operator) {
    const listener = createListener(operatorApp(metrics, server.ready), seen);
    await listen(listener, operator).catch(({ code }: NodeJS.ErrnoException) => {
      throw new ConfigurationError(
        `OPERATION_ADDRESS: nothing can listen there (${code}). Set it to an address of this machine, with a port that is free.`,
      );
    });
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

/** @param place an address, or what holds one */
const listen = (listener: HttpServer, place: ListenOptions | NetServer): Promise<HttpServer> =>
  new Promise((resolve, reject) => {
    listener.once('error', reject);
    listener.listen(place, () => resolve(listener));
  });
