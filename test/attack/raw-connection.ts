import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A connection by which anything can be sent, byte by byte. */
export class RawConnection {
  readonly #socket: Socket;
  /** Settled by the first that comes: data or the end. */
  readonly #answered: Promise<void>;
  readonly #closed: Promise<void>;
  #received = '';
  #isOver = false;
  sentBytes = 0;

  private constructor(socket: Socket) {
    this.#socket = socket;
    // A reset is one way of closing, and comes as an error before the close.
    socket.on('error', () => undefined);
    this.#closed = new Promise((resolve) => socket.on('close', () => resolve()));
    this.#answered = new Promise((resolve) => {
      socket.setEncoding('utf8').on('data', (text: string) => {
        this.#received += text;
        this.#isOver = true;
        resolve();
      });
      socket.on('close', () => {
        this.#isOver = true;
        resolve();
      });
    });
  }

  static async open(port: number): Promise<RawConnection> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return new RawConnection(socket);
  }

  /** @returns `false` once the other end has answered or has closed */
  async send(text: string): Promise<boolean> {
    if (this.#isOver) return false;
    this.sentBytes += text.length;
    if (!this.#socket.write(text)) {
      const drained = new Promise<void>((resolve) => this.#socket.once('drain', resolve));
      await Promise.race([drained, this.#answered]);
    }
    return true;
  }

  /** All that came until the other end closed. */
  async untilClosed(): Promise<string> {
    await this.#closed;
    return this.#received;
  }

  /** The first status that came, or `closed`. */
  async status(): Promise<string> {
    await this.#answered;
    return this.#received.match(/^HTTP\/1\.1 (\d{3})/)?.[1] ?? 'closed';
  }

  /** Goes away without a word. */
  leave(): void {
    this.#socket.destroy();
  }
}
