import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A connection by which anything can be sent, byte by byte. */
export class RawConnection {
  readonly #socket: Socket;
  #received = '';
  #closed = false;
  sentBytes = 0;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setEncoding('utf8').on('data', (text: string) => (this.#received += text));
    // A reset is one way of closing.
    socket.on('error', () => undefined);
    socket.on('close', () => (this.#closed = true));
  }

  static async open(port: number): Promise<RawConnection> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return new RawConnection(socket);
  }

  /** @returns `false` once the other end has answered or has closed */
  async send(text: string): Promise<boolean> {
    if (this.#closed || this.#received !== '') return false;
    this.sentBytes += text.length;
    if (!this.#socket.write(text)) {
      await Promise.race([once(this.#socket, 'drain'), this.#anything()]);
    }
    return true;
  }

  #anything = async (): Promise<void> => {
    if (this.#closed || this.#received !== '') return;
    await Promise.race([once(this.#socket, 'close'), once(this.#socket, 'data')]).catch(
      () => undefined,
    );
  };

  /** All that came until the other end closed. */
  async untilClosed(): Promise<string> {
    if (!this.#closed) await once(this.#socket, 'close');
    return this.#received;
  }

  /** The first status that came, or `closed`. */
  async status(): Promise<string> {
    await this.#anything();
    return this.#received.match(/^HTTP\/1\.1 (\d{3})/)?.[1] ?? 'closed';
  }

  /** Goes away without a word. */
  leave(): void {
    this.#socket.destroy();
  }
}
