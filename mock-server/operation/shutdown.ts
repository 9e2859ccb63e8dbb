import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** How a server ends: it finishes what it began, or says that it did not. */
export interface Shutdown {
  /** From the first wish to end on. */
  isStopping: () => boolean;
  /** Has the listener finish its answers, and close each connection after, once the end is wished for. */
  watch: (listener: Server) => void;
  /** The wish to end; a second one does not wait. */
  stop: () => void;
}

interface ShutdownOptions {
  /** What is left to do when nothing is under way any more. */
  finish: () => Promise<void>;
  exit: (code: 0 | 1) => void;
  /** Calls back after a while, unless the process has ended. */
  after: (milliseconds: number, call: () => void) => void;
}

/** How long what was begun may take. */
const graceMilliseconds = 10_000;

export function createShutdown({ finish, exit, after }: ShutdownOptions): Shutdown {
  let stopping = false;
  const listeners: Server[] = [];
  const underWay = new Set<ServerResponse>();
  /** Browsers open connections ahead of what they may want to ask; Node counts them as busy. */
  const unused = new Set<Socket>();

  const closed = (listener: Server): Promise<void> =>
    new Promise((resolve) => {
      listener.close(() => resolve());
      listener.closeIdleConnections();
    });

  return {
    isStopping: () => stopping,
    watch: (listener) => {
      listeners.push(listener);
      listener.on('connection', (socket: Socket) => {
        unused.add(socket);
        socket.once('close', () => unused.delete(socket));
      });
      listener.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
        unused.delete(request.socket);
        if (stopping) response.setHeader('Connection', 'close');
        underWay.add(response);
        response.once('close', () => underWay.delete(response));
      });
    },
    stop: () => {
      if (stopping) return exit(1);
      stopping = true;
      after(graceMilliseconds, () => exit(1));
      for (const response of underWay) {
        if (!response.headersSent) response.setHeader('Connection', 'close');
      }
      for (const socket of unused) socket.destroy();
      Promise.all(listeners.map(closed))
        .then(finish)
        .then(
          () => exit(0),
          () => exit(1),
        );
    },
  };
}
