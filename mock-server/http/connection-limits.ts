import type { ServerOptions } from 'node:http';

/**
 * How long a connection may take to say what it wants, and how much. An honest request has a few kB,
 * which the slowest phone sends in the time of a tunnel; Node alone would wait for five minutes, and
 * look every 30 seconds. Whoever is late is told so and loses the connection.
 */
export const connectionLimits = {
  headersTimeout: 20_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 2_000,
  /** Twice what grant, session and proof come to; more is refused. */
  maxHeaderSize: 16 * 1024,
} as const satisfies ServerOptions;
