#!/usr/bin/env node
import { run } from './run.ts';

/** `npx boarding-id check …` (`widget/docs/verifier.md`). */

// Whoever reads the output may have seen enough of it.
process.stdout.on('error', () => process.exit(2));

run(process.argv.slice(2), {
  stdin: process.stdin,
  say: (text) => process.stdout.write(`${text}\n`),
  complain: (text) => process.stderr.write(`${text}\n`),
  send: fetch,
  credential: process.env['BOARDING_ID_CREDENTIAL'],
  now: () => Math.floor(Date.now() / 1000),
}).then(
  (exitCode) => (process.exitCode = exitCode),
  (error: unknown) => {
    process.stderr.write(`The check itself failed, please report this: ${String(error)}\n`);
    process.exitCode = 2;
  },
);
