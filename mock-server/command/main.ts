#!/usr/bin/env node
import { setTimeout } from 'node:timers/promises';
import { catchInterruption } from './catch-interruption.ts';
import { run } from './run.ts';

/** `npx boarding-id …` (`widget/docs/verifier.md`, `mock-server/docs/conformance.md`). */

// Whoever reads the output may have seen enough of it.
process.stdout.on('error', () => process.exit(2));

run(process.argv.slice(2), {
  stdin: process.stdin,
  say: (text) => process.stdout.write(`${text}\n`),
  complain: (text) => process.stderr.write(`${text}\n`),
  send: fetch,
  wait: (milliseconds, signal) => setTimeout(milliseconds, undefined, { signal }),
  catchInterruption,
  credential: process.env['BOARDING_ID_CREDENTIAL'],
  crewCredential: process.env['BOARDING_ID_CREW_CREDENTIAL'],
  now: () => Math.floor(Date.now() / 1000),
}).then(
  (exitCode) => (process.exitCode = exitCode),
  (error: unknown) => {
    process.stderr.write(`The command itself failed, please report this: ${String(error)}\n`);
    process.exitCode = 2;
  },
);
