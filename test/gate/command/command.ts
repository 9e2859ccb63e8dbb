import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run, type Surroundings } from '../../../mock-server/gate/command/run.ts';
import { deckFile, type Deck } from '../../vectors/make-vectors.ts';
import { now } from '../../vectors/codes.ts';

const deck = JSON.parse(readFileSync(deckFile, 'utf8')) as Deck;

/** A code of the public test vectors, as the QR holds it and as JWS. */
export const good = deck.codes['good']!;
export const { jws = '' } = good;
export const at = String(now);

export interface Outcome {
  exitCode: number;
  said: string;
  complained: string;
}

/** A folder of files to name on the command line. */
export class Folder {
  readonly path = mkdtempSync(join(tmpdir(), 'boarding-id-command-'));
  readonly keys = this.file('keys.json', JSON.stringify({ keys: deck.keys }));

  file(name: string, content: string | Uint8Array): string {
    const path = join(this.path, name);
    writeFileSync(path, content);
    return path;
  }

  remove(): void {
    rmSync(this.path, { recursive: true });
  }
}

/** Runs the command in this process; at a terminal and without a network unless it is given them. */
export async function command(
  given: string[],
  around: Partial<Omit<Surroundings, 'stdin'>> & { stdin?: string | Uint8Array } = {},
): Promise<Outcome> {
  const { stdin, ...others } = around;
  const said: string[] = [];
  const complained: string[] = [];
  async function* chunks(): AsyncGenerator<Uint8Array> {
    if (stdin !== undefined) yield Buffer.from(stdin);
  }
  const exitCode = await run(given, {
    stdin: Object.assign(chunks(), { isTTY: stdin === undefined }),
    say: (text) => said.push(text),
    complain: (text) => complained.push(text),
    send: () => Promise.reject(new TypeError('no network')),
    credential: undefined,
    now: () => now,
    ...others,
  });
  return { exitCode, said: said.join('\n'), complained: complained.join('\n') };
}
