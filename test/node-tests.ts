import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Counts } from './counts.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** What the slowest file takes, twice: the table of re-verification, ten times. */
const fileMilliseconds = 40 * 60_000;

/** Runs tests by `node:test`, each of these files in a process of its own. */
export async function nodeTests(
  title: string,
  files: string[],
  concurrency: number,
  env: Record<string, string> = {},
): Promise<Counts> {
  console.log(`\n── ${title}`);
  const folder = mkdtempSync(join(tmpdir(), 'boarding-id-tests-'));
  const summary = join(folder, 'summary.tap');
  const child = spawn(
    process.execPath,
    [
      '--import',
      'tsx',
      '--test',
      `--test-concurrency=${concurrency}`,
      // A file that never ends has a name then, and fails; otherwise all would wait for it, and say nothing.
      `--test-timeout=${fileMilliseconds}`,
      '--test-reporter=spec',
      '--test-reporter-destination=stdout',
      '--test-reporter=tap',
      `--test-reporter-destination=${summary}`,
      ...files,
    ],
    { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } },
  );
  await once(child, 'close');
  const tap = readFileSync(summary, 'utf8');
  rmSync(folder, { recursive: true });
  const number = (name: string): number =>
    Number(tap.match(new RegExp(`^# ${name} (\\d+)$`, 'm'))?.[1] ?? 0);
  const counts = {
    passed: number('pass'),
    failed: number('fail') + number('cancelled'),
    skipped: number('skipped') + number('todo'),
  };
  // A run that wrote no summary has not succeeded.
  return tap.includes('\n# pass ') ? counts : { ...counts, failed: 1 };
}
