import { getRequestListener } from '@hono/node-server';
import type { Hono } from 'hono';
import { createServer, type Server, type ServerOptions, type ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { RequestObserver } from '../operation/observe.ts';
import { connectionLimits } from './connection-limits.ts';
import { earlyRefusal, onTheWire } from './early-refusal.ts';

/** What is wrong, by the codes of Node's errors. */
const reasons: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: 'the headers are too large',
  ERR_HTTP_REQUEST_TIMEOUT: 'the request did not come in time',
};

/**
 * An HTTP server for an app. What Node refuses before the app sees it is answered as the app would: by a
 * problem, in the order of the requests, on a connection that is closed after.
 *
 * @param seen told of each of these refusals
 */
export function createListener(
  app: Hono,
  seen: RequestObserver,
  limits: ServerOptions = connectionLimits,
): Server {
  const listener = createServer(
    // Node would answer by itself a request that names no host; the adapter refuses it too.
    { ...limits, requireHostHeader: false },
    getRequestListener(app.fetch, {
      errorHandler: () => {
        const { body, ...init } = earlyRefusal('the address or Host', seen);
        return new Response(body, init);
      },
    }),
  );
  // An expectation that nobody knows may be left alone (RFC 9110, section 10.1.1).
  listener.on('checkExpectation', (...asked) => listener.emit('request', ...asked));

  const latest = new WeakMap<Duplex, ServerResponse>();
  listener.prependListener('request', (request, response) => latest.set(request.socket, response));

  const refuse = (error: NodeJS.ErrnoException, socket: Duplex): void => {
    const answer = latest.get(socket);
    if (answer && !answer.closed && (answer.req.complete || answer.headersSent)) {
      answer.once('close', () => refuse(error, socket));
      return;
    }
    const { code = '' } = error;
    // A body that nobody waited for.
    const isAnswered = answer?.headersSent && !answer.req.complete;
    if (isAnswered || !hasAsked(socket) || !socket.writable || code === 'ECONNRESET') {
      socket.destroy();
      return;
    }
    const detail = reasons[code] ?? 'not HTTP/1.1';
    socket.end(onTheWire(earlyRefusal(detail, seen)), () => socket.destroy());
  };
  listener.on('clientError', refuse);
  return listener;
}

/** Browsers open connections ahead of what they may want to ask: an answer would be to nothing. */
const hasAsked = (socket: Duplex): boolean => socket instanceof Socket && socket.bytesRead > 0;
