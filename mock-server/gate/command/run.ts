import { createReadStream } from 'node:fs';
import { checkCode } from '../../../widget/protocol/code/check.ts';
import { memoryLedger } from '../../../widget/protocol/code/ledger.ts';
import { CannotCheck } from './cannot-check.ts';
import { collect } from './held.ts';
import { readOptions, usage } from './options.ts';
import { inJson, inWords } from './report.ts';
import { bytesOf, scannedText } from './scanned-text.ts';

/** The process around the command. */
export interface Surroundings {
  stdin: AsyncIterable<Uint8Array> & { isTTY?: boolean };
  /** Writes one text and a line end. */
  say: (text: string) => void;
  complain: (text: string) => void;
  send: (request: Request) => Promise<Response>;
  credential: string | undefined;
  /** Whole seconds since the epoch. */
  now: () => number;
}

/**
 * `boarding-id check …`
 *
 * @returns the exit code: 0 admitted, 1 refused, 2 not judged
 */
export async function run(given: readonly string[], around: Surroundings): Promise<0 | 1 | 2> {
  try {
    const options = readOptions(given, around.now());
    if (options === 'help') {
      around.say(usage.trimEnd());
      return 0;
    }
    const scanned = await scannedFrom(options.file, around);
    const { keys, policy, denylist, tickets } = await collect(options, {
      readFile: async (path) => (await fileBytes(path)).toString('utf8'),
      send: around.send,
      credential: around.credential,
    });
    const { purpose, place, at } = options;
    const verdict = await checkCode(
      { scanned, purpose, place, at },
      {
        keys,
        policy,
        denylist,
        ticketsOf: (sub) => tickets.filter((ticket) => ticket.sub === sub),
        ledger: memoryLedger(policy.repeatSeconds),
      },
    );
    around.say((options.json ? inJson : inWords)(verdict, denylist));
    return verdict.admitted ? 0 : 1;
  } catch (thrown) {
    if (!(thrown instanceof CannotCheck)) throw thrown;
    around.complain(thrown.message);
    return 2;
  }
}

async function scannedFrom(file: string, { stdin }: Surroundings): Promise<string> {
  if (file !== '-') return scannedText(await fileBytes(file), file);
  if (stdin.isTTY) {
    throw new CannotCheck('Which code? Name a file, or pipe the code in. Try: boarding-id --help');
  }
  return scannedText(await bytesOf(stdin, 'Standard input'), 'Standard input');
}

const fileFailures: Partial<Record<string, string>> = {
  ENOENT: 'There is no such file',
  EISDIR: 'That is a folder; name a file',
  EACCES: 'That file may not be read; check its permissions',
};

async function fileBytes(path: string): Promise<Buffer> {
  try {
    return await bytesOf(createReadStream(path), path);
  } catch (thrown) {
    const code = (thrown as NodeJS.ErrnoException).code;
    if (code === undefined) throw thrown;
    throw new CannotCheck(`${fileFailures[code] ?? `That file cannot be read (${code})`}: ${path}`);
  }
}
