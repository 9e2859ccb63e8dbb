import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { once } from 'node:events';

/** A line to a server, which can be cut, mended and held up while whoever uses it knows nothing. */
export interface InterruptedLine {
  port: number;
  /** Ends every connection and refuses new ones. */
  cut: () => Promise<void>;
  mend: () => Promise<void>;
  /** Nothing comes through any more, and nobody is told. */
  hold: () => void;
  /** What is connected goes silent for ever; whoever connects anew gets through. */
  strand: () => void;
  /** What was held up comes through. */
  release: () => void;
}

export async function interruptedLine(to: number): Promise<InterruptedLine> {
  const sockets = new Set<Socket>();
  let held = false;
  const server = createServer((near) => {
    const far = connect(to, '127.0.0.1');
    for (const [from, into] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      from.on('error', () => {});
      from.on('close', () => {
        sockets.delete(from);
        into.destroy();
      });
      from.on('data', (data) => into.write(data));
      if (held) from.pause();
    }
  });
  const listen = async (port: number): Promise<void> => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
  };
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    port,
    cut: async () => {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
    mend: () => listen(port),
    hold: () => {
      held = true;
      for (const socket of sockets) socket.pause();
    },
    strand: () => {
      for (const socket of sockets) socket.pause();
    },
    release: () => {
      held = false;
      for (const socket of sockets) socket.resume();
    },
  };
}
