import type { Hono } from 'hono';
import type { RunningIssuer } from '../issuer/running-issuer.ts';

type Send = (url: string, init: RequestInit, bindings?: object) => Promise<Response>;

/** The same issuer, with something done to each request on its way there. */
export function through(
  running: RunningIssuer,
  change: (send: Send) => (url: string, init: RequestInit) => Promise<Response>,
): RunningIssuer {
  const { app } = running.server;
  const request = change(async (url, init, bindings) => app.request(url, init, bindings));
  const server = { ...running.server, app: { request } as unknown as Hono };
  return Object.create(running, {
    server: { value: server },
    time: {
      get: () => running.time,
      set: (time: number) => {
        running.time = time;
      },
    },
  }) as RunningIssuer;
}

export const connectionFrom = (address: string) => ({
  incoming: { socket: { remoteAddress: address, remotePort: 1, remoteFamily: 'IPv4' } },
});

/** The same issuer, reached from an address; with what the request says of where it has been. */
export const from = (running: RunningIssuer, address: string, forwarded?: string): RunningIssuer =>
  through(running, (send) => (url, init) => {
    const headers = new Headers(init.headers);
    if (forwarded !== undefined) headers.set('X-Forwarded-For', forwarded);
    return send(url, { ...init, headers }, connectionFrom(address));
  });
