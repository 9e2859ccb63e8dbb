import { once } from 'node:events';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { ConfigurationError } from '../configuration.ts';

/** Two ports, one after the other, which nobody else can take until somebody listens at what holds them. */
export interface PortPair {
  /** Of host app and issuer; the gate takes the one after. */
  port: number;
  host: Server;
  gate: Server;
}

const firstPort = 8080;
const attempts = 50;

/**
 * Holds a pair that is free.
 *
 * @param asked this pair and no other, as whoever asked will look for it there; any pair with 0; the first that
 *   is free from 8080 on without
 * @param say told where 8080 is not it
 * @throws {ConfigurationError} where that cannot be had
 */
export async function holdPair(
  asked: number | undefined,
  say: (text: string) => void,
): Promise<PortPair> {
  if (asked === undefined) return firstFree(say);
  if (asked === 0) return anyFree();
  return hold(asked).catch(({ code, port = asked }: ListenError) => {
    const reason = code === 'EADDRINUSE' ? `${port} is taken` : `nothing can listen at ${port}`;
    throw new ConfigurationError(
      `PORT: ${reason} (${code}). Set PORT to another, the gate takes the one after; or to 0, for any pair.`,
    );
  });
}

async function firstFree(say: (text: string) => void): Promise<PortPair> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const port = firstPort + 2 * attempt;
    const pair = await hold(port).catch(() => undefined);
    if (!pair) continue;
    if (port !== firstPort) {
      say(`  Port ${firstPort} or ${firstPort + 1} is taken; using ${port} and ${port + 1}.`);
    }
    return pair;
  }
  const last = firstPort + 2 * attempts - 1;
  throw new ConfigurationError(
    `No free pair of ports from ${firstPort} to ${last}; set PORT to one elsewhere.`,
  );
}

async function anyFree(): Promise<PortPair> {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const pair = await hold(0).catch(() => undefined);
    if (pair) return pair;
  }
  throw new ConfigurationError('PORT: no free pair of ports was found; set PORT to one.');
}

type ListenError = NodeJS.ErrnoException & { port?: number };

/** @throws {ListenError} for the first of the two that is not free */
async function hold(wanted: number): Promise<PortPair> {
  const host = await listen(wanted);
  const { port } = host.address() as AddressInfo;
  try {
    return { port, host, gate: await listen(port + 1) };
  } catch (error) {
    host.close();
    await once(host, 'close');
    throw error;
  }
}

/** Whoever connects while nobody listens yet is sent away, as if the port were still free. */
const listen = (port: number): Promise<Server> =>
  new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', reject);
    server.listen(port, () => resolve(server));
  });
