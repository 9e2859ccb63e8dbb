import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The mock as `npm start` runs it: the built server in a process of its own, on an empty store. */
export interface RunningMock {
  /** Host app and issuer. */
  host: string;
  /** Where they listen, whatever stands in front of them. */
  port: number;
  gate: string;
  /** Of the server's process. */
  pid: number;
  /** Moves the mock's clock on. */
  advance: (seconds: number) => Promise<void>;
  post: <Answer = unknown>(path: string, body: unknown) => Promise<Answer>;
  /** What the server has printed so far. */
  printed: () => string;
  signal: (name: NodeJS.Signals) => void;
  /** Its exit code, once it has ended. */
  ended: Promise<number | null>;
  /** Ends it as Ctrl-C does. @returns its exit code */
  stop: () => Promise<number | null>;
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/** @throws with what the server printed when it does not come up within 30 s */
export async function startMock(env: Record<string, string> = {}): Promise<RunningMock> {
  const data = mkdtempSync(join(tmpdir(), 'boarding-id-journey-'));
  const server = spawn(process.execPath, ['dist/mock-server/main.js'], {
    cwd: root,
    env: { ...process.env, PORT: '0', DATA_FOLDER: data, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(server, 'exit').then(([code]) => code as number | null);
  let printed = '';
  const print = (chunk: Buffer): void => {
    printed += String(chunk);
  };
  server.stdout.on('data', print);
  server.stderr.on('data', print);
  try {
    await printedAddresses(server, () => printed);
  } catch (error) {
    server.kill();
    throw error;
  }

  const address = (name: string): string => printed.match(new RegExp(`${name} +(\\S+)`))?.[1] ?? '';
  const host = address('host app');
  const gate = address('gate');
  const post: RunningMock['post'] = async (path, body) => {
    const response = await fetch(host + path, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return response.json();
  };
  return {
    host,
    // The gate has the next one.
    port: Number(new URL(gate).port) - 1,
    gate,
    pid: server.pid!,
    post,
    advance: async (advanceSeconds) => {
      await post('/mock/clock', { advanceSeconds });
    },
    printed: () => printed,
    signal: (name) => void server.kill(name),
    ended,
    stop: async () => {
      server.kill('SIGINT');
      const code = await ended;
      rmSync(data, { recursive: true, force: true });
      return code;
    },
  };
}

async function printedAddresses(server: ChildProcess, printed: () => string): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!printed().includes('Ctrl-C')) {
    if (server.exitCode !== null || Date.now() > deadline) {
      throw new Error(`The mock did not come up:\n${printed()}`);
    }
    await Promise.race([once(server.stdout!, 'data'), once(server, 'exit')]);
  }
}

/** A port that was free a moment ago. */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
