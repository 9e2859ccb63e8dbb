import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

/**
 * Reads one line from standard input; at a terminal it asks for it, and shows nothing of what is typed.
 *
 * @returns the line, empty when the input ends before one
 */
export function readSecretLine(
  input: NodeJS.ReadStream,
  screen: NodeJS.WritableStream,
  question: string,
): Promise<string> {
  const output = new Writable({ write: (_chunk, _encoding, done) => done() });
  const terminal = input.isTTY;
  if (terminal) screen.write(question);
  const lines = createInterface({ input, output, terminal });
  return new Promise((resolve) => {
    lines.once('line', (line) => {
      resolve(line);
      lines.close();
    });
    lines.once('close', () => {
      if (terminal) screen.write('\n');
      resolve('');
    });
  });
}
