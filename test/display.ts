import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

/** A screen that nobody sees, for what has no headless mode. */
export interface Display {
  /** For the variable `DISPLAY`. */
  name: string;
  /** What stands on it, pixel by pixel: a picture as `xwd` makes it. */
  picture: () => Buffer;
  stop: () => Promise<void>;
}

/** @throws when Debian’s xvfb is not there or does not come up */
export async function startDisplay(size = '1280x1024'): Promise<Display> {
  // It takes a number that is free by itself, and tells it when it can be used.
  const pictures = mkdtempSync(join(tmpdir(), 'boarding-id-display-'));
  const server = spawn(
    'Xvfb',
    [
      '-displayfd',
      '3',
      '-screen',
      '0',
      `${size}x24`,
      '-nolisten',
      'tcp',
      '-noreset',
      '-fbdir',
      pictures,
    ],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
  );
  // Without it the browser on it ends too, even when a run was broken off.
  process.once('exit', () => server.kill());
  const ended = once(server, 'exit').catch(() => undefined);
  const number = await Promise.race([
    once(server.stdio[3] as Readable, 'data').then(([data]) => String(data).trim()),
    ended.then(() => undefined),
  ]);
  if (number === undefined) {
    throw new Error('The tests need Xvfb, which did not start (on Debian: apt-get install xvfb).');
  }
  return {
    name: `:${number}`,
    picture: () => readFileSync(join(pictures, 'Xvfb_screen0')),
    stop: async () => {
      server.kill();
      await ended;
      rmSync(pictures, { recursive: true, force: true });
    },
  };
}
