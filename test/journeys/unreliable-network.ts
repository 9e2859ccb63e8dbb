import { once } from 'node:events';
import { createServer, request as ask, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startMock, type RunningMock } from './running-mock.ts';

/** What happens to a call on its way. */
export type Fault =
  /** The connection breaks before the issuer hears of it. */
  | 'request lost'
  /** The issuer has done its work, and nobody hears of that. */
  | 'answer lost'
  /** The connection breaks in the middle of the body. */
  | 'answer cut'
  /** The answer comes when the test says so. */
  | 'answer held'
  /** Something before the issuer answers 503 with `Retry-After`. */
  | '503'
  /** Something before the issuer answers with a page of its own. */
  | 'not JSON';

/** A fault that has been ordered. */
export interface Trouble {
  /** Resolves when it has happened for the first time. */
  happened: Promise<void>;
  /** Ends it: what is held goes on, and what comes is left alone. */
  over: () => void;
  /** How often it has happened. */
  times: number;
}

interface Order extends Trouble {
  call: RegExp;
  fault: Fault;
  left: number;
  happen: () => void;
  released: Promise<void>;
}

/** The mock behind a network that does what a test tells it to; real sockets, and a real proxy. */
export class UnreliableNetwork {
  readonly mock: RunningMock;
  readonly #server: ReturnType<typeof createServer>;
  readonly #orders: Order[];

  private constructor(mock: RunningMock, server: ReturnType<typeof createServer>, orders: Order[]) {
    this.mock = mock;
    this.#server = server;
    this.#orders = orders;
  }

  /**
   * @param keepsConnections a browser repeats by itself what was lost on a connection that it had
   *   used before; without that, each loss reaches the component
   */
  static async start(keepsConnections = false): Promise<UnreliableNetwork> {
    // Known when the mock is there, which must know this server's address to come up.
    let port = 0;
    const orders: Order[] = [];
    const server = createServer((request, response) => {
      if (!keepsConnections) response.shouldKeepAlive = false;
      // Whoever has gone away wants no answer.
      response.on('error', () => undefined);
      carry(request, response, port, orders).catch(() => response.destroy());
    });
    server.listen(0);
    await once(server, 'listening');
    const { port: own } = server.address() as AddressInfo;
    try {
      const mock = await startMock({ PUBLIC_ORIGIN: `http://localhost:${own}` });
      port = mock.port;
      return new UnreliableNetwork(mock, server, orders);
    } catch (error) {
      server.close();
      throw error;
    }
  }

  /**
   * From now on this happens to a call, so many times.
   *
   * @param call method and path, with `:id` for what differs
   */
  order(call: string, fault: Fault, times = 1): Trouble {
    let happen = () => undefined as void;
    let release = () => undefined as void;
    const order: Order = {
      call: new RegExp(`^${call.replace(/:\w+/g, '[^/]+')}$`),
      fault,
      left: times,
      times: 0,
      happened: new Promise((resolve) => (happen = resolve)),
      released: new Promise((resolve) => (release = resolve)),
      happen: () => happen(),
      over: () => {
        order.left = 0;
        release();
      },
    };
    this.#orders.push(order);
    return order;
  }

  async stop(): Promise<number | null> {
    for (const order of this.#orders) order.over();
    this.#server.close();
    this.#server.closeAllConnections();
    return this.mock.stop();
  }
}

async function carry(
  request: IncomingMessage,
  response: ServerResponse,
  port: number,
  orders: Order[],
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { method = '', url = '', headers } = request;
  const order = orders.find(({ call, left }) => left > 0 && call.test(`${method} ${url}`));
  const happens = () => {
    if (!order) return;
    order.times++;
    order.happen();
  };
  if (order) order.left--;
  if (order?.fault === 'request lost') {
    response.destroy();
    return happens();
  }
  if (order?.fault === '503') {
    response.writeHead(503, { 'Retry-After': '1', 'Content-Type': 'text/plain' }).end('busy');
    return happens();
  }
  if (order?.fault === 'not JSON') {
    const page = '<!doctype html><title>WLAN</title><h1>Sign in to the WLAN</h1>';
    response.writeHead(200, { 'Content-Type': 'text/html' }).end(page);
    return happens();
  }

  const forwarded = ask({ port, method, path: url, headers, agent: false });
  forwarded.end(Buffer.concat(chunks));
  const [answer] = (await once(forwarded, 'response')) as [IncomingMessage];
  const body: Buffer[] = [];
  for await (const chunk of answer) body.push(chunk as Buffer);
  const bytes = Buffer.concat(body);
  const { connection: _, 'keep-alive': __, 'transfer-encoding': ___, ...kept } = answer.headers;
  happens();
  if (order?.fault === 'answer lost') {
    response.destroy();
    return;
  }
  if (order?.fault === 'answer held') await order.released;
  response.writeHead(answer.statusCode ?? 500, { ...kept, 'content-length': bytes.length });
  if (order?.fault === 'answer cut') {
    response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
    return;
  }
  response.end(bytes);
}
