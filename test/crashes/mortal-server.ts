import assert from 'node:assert/strict';
import { build } from 'esbuild';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { StoreOptions } from '../../mock-server/store/open-store.ts';
import { origin, type ReachedIssuer } from '../issuer/running-issuer.ts';
import type { Point } from './points.ts';

/** What a server's process is started with. */
export interface Setting {
  place: StoreOptions;
  /** Whether another seems to have been first each time that a whole issue is written at once. */
  stepByStep?: boolean;
  /** A statement whose transaction is broken in two there: what a worse program would do. */
  brokenAfter?: string;
}

/** What it is to do from now on. */
export interface Order {
  /** Milliseconds since the epoch. */
  time: number;
  /** Where to end, when it next comes by there. */
  crashAt?: Point;
}
export interface Ready {
  port: number;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const program = `${root}dist/tests/crashes/server-process.js`;

/** In one file it starts in a fifth of the time, and it starts hundreds of times. */
export async function buildServer(): Promise<void> {
  await build({
    entryPoints: [`${root}test/crashes/server-process.ts`],
    outfile: program,
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['libsql', 'pg-native'],
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  });
}

interface Process {
  child: ChildProcess;
  /** What it has written. */
  said: string;
}

/** A whole mock in a process of its own, reached by HTTP, that dies and is started again on its store. */
export class MortalServer implements ReachedIssuer {
  readonly #setting: Setting;
  #current: Process | undefined;
  /** Has loaded the program, and opens the store when it is its turn. */
  #next: Process;
  #port = 0;

  constructor(setting: Setting) {
    this.#setting = setting;
    this.#next = this.#load();
  }

  readonly server = {
    app: {
      request: (address: string, init: RequestInit) =>
        fetch(address.replace(origin, `http://127.0.0.1:${this.#port}`), init),
    },
  };

  /** Starts it, unless it lives. @throws where it ends instead */
  async order(order: Order): Promise<void> {
    if (!this.#current) {
      this.#current = this.#next;
      this.#next = this.#load();
    }
    const { child } = this.#current;
    child.send(order);
    const { port } = await new Promise<Ready>((resolve, reject) => {
      const ended = (): void => reject(new Error('the server has ended by itself'));
      child.once('exit', ended);
      child.once('message', (ready: Ready) => {
        child.off('exit', ended);
        resolve(ready);
      });
    });
    this.#port = port;
  }

  #load(): Process {
    const child = fork(program, [JSON.stringify(this.#setting)], {
      // It is plain JavaScript: the loader that the tests have would cost it as much time again.
      execArgv: [],
      stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
    });
    const loaded = { child, said: '' };
    child.stdout?.on('data', (text: Buffer) => (loaded.said += text.toString()));
    return loaded;
  }

  /** Waits for its end. @returns what killed it, and where it was then */
  async died(): Promise<{ signal: NodeJS.Signals; at: string }> {
    const dying = this.#current;
    assert.ok(dying, 'a server has been started');
    const [, signal] = (await once(dying.child, 'close')) as [number, NodeJS.Signals];
    this.#current = undefined;
    return { signal, at: dying.said };
  }

  async stop(): Promise<void> {
    const living = [this.#current, this.#next].filter((each) => each !== undefined);
    await Promise.all(
      living.map(async ({ child }) => {
        child.disconnect();
        await once(child, 'exit');
      }),
    );
  }
}
