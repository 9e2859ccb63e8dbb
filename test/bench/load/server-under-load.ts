import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { fileURLToPath } from 'node:url';
import type { StoreOptions } from '../../../mock-server/store/open-store.ts';
import { origin, type ReachedIssuer } from '../../issuer/running-issuer.ts';
import type { Times } from './where-time-goes.ts';

/** What a server's process has taken since its start. */
export interface Spent {
  cpuMilliseconds: number;
  residentBytes: number;
}

/** What its process can be asked. */
export type Question = 'spent' | 'watch' | 'watched';

/** A server in a process of its own. */
export class ServerUnderLoad {
  readonly #child: ChildProcess;
  readonly #port: number;

  private constructor(child: ChildProcess, port: number) {
    this.#child = child;
    this.#port = port;
  }

  /** @param program `our-server` or `bare-server` */
  static async start(program: string, place: StoreOptions): Promise<ServerUnderLoad> {
    const path = fileURLToPath(new URL(`./${program}.ts`, import.meta.url));
    const child = fork(path, [JSON.stringify(place)], { execArgv: ['--import', 'tsx'] });
    const [{ port }] = (await Promise.race([
      once(child, 'message'),
      once(child, 'exit').then(() => Promise.reject(new Error(`${program} has ended`))),
    ])) as [{ port: number }];
    return new ServerUnderLoad(child, port);
  }

  /** One connection to it, kept open; closed by {@link stop}. */
  connect(): ReachedIssuer {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    return { server: { app: { request: (address, init) => this.#ask(agent, address, init) } } };
  }

  #ask(agent: Agent, address: string, init: RequestInit): Promise<Response> {
    const body = (init.body ?? '') as string;
    return new Promise((resolve, reject) => {
      const asked = request(
        {
          agent,
          host: '127.0.0.1',
          port: this.#port,
          path: address.replace(origin, ''),
          method: init.method,
          headers: {
            ...(init.headers as Record<string, string>),
            'Content-Length': Buffer.byteLength(body),
          },
        },
        (answer) => {
          let text = '';
          answer.setEncoding('utf8').on('data', (part: string) => (text += part));
          answer.on('end', () => {
            const headers = Object.entries(answer.headers) as [string, string][];
            resolve(new Response(text || null, { status: answer.statusCode ?? 0, headers }));
          });
        },
      );
      asked.on('error', reject).end(body);
    });
  }

  spent(): Promise<Spent> {
    return this.#answer('spent');
  }

  /** Has its main thread watched, until {@link watched} is asked for. */
  async watch(): Promise<void> {
    await this.#answer('watch');
  }

  watched(): Promise<Times> {
    return this.#answer('watched');
  }

  async #answer<Answer>(question: Question): Promise<Answer> {
    this.#child.send(question);
    const [answer] = (await once(this.#child, 'message')) as [Answer];
    return answer;
  }

  async stop(): Promise<void> {
    this.#child.disconnect();
    await once(this.#child, 'exit');
  }
}
