import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { browserForTests, firefoxForTests } from './browser.ts';
import { runComponentTests } from './component-tests.ts';
import { sumOf, type Counts } from './counts.ts';

/**
 * `npm test`: types, lint and format, the tests in Node, the components in a browser, the journey.
 * `npm test -- slow` runs what takes longer instead.
 */

const root = fileURLToPath(new URL('..', import.meta.url));

/** Folders whose tests run in a browser, by `component-tests.ts`. */
const inBrowser = /^test\/(elements|host|host-app|gate-page|flow-browser)\//;

function testFiles(): string[] {
  return readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => `test/${file.replaceAll('\\', '/')}`)
    .filter((file) => !inBrowser.test(file))
    .sort();
}

/** Runs a command in the foreground; a failure counts as one failed test. */
function command(title: string, name: string, ...args: string[]): Counts {
  console.log(`\n── ${title}`);
  const { status } = spawnSync(name, args, { cwd: root, stdio: 'inherit' });
  return status === 0 ? { passed: 1, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
}

/** Runs tests by `node:test`, one process a file. */
function nodeTests(title: string, files: string[], concurrency: number): Counts {
  console.log(`\n── ${title}`);
  const folder = mkdtempSync(join(tmpdir(), 'boarding-id-tests-'));
  const summary = join(folder, 'summary.tap');
  spawnSync(
    process.execPath,
    [
      '--import',
      'tsx',
      '--test',
      `--test-concurrency=${concurrency}`,
      '--test-reporter=spec',
      '--test-reporter-destination=stdout',
      '--test-reporter=tap',
      `--test-reporter-destination=${summary}`,
      ...files,
    ],
    { cwd: root, stdio: 'inherit' },
  );
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

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
const files = testFiles();
const isSlow = (file: string): boolean => file.startsWith('test/slow/');
/** What runs longest begins first, so that the others run beside it. */
const longestFirst = (all: string[]): string[] =>
  all.sort((a, b) => Number(b.includes('reverification')) - Number(a.includes('reverification')));
const isJourney = (file: string): boolean => file.startsWith('test/journeys/');

async function main(): Promise<Counts> {
  const browser = await browserForTests();
  process.env['CHROME_PATH'] = browser;
  const firefox = await firefoxForTests();
  process.env['FIREFOX_PATH'] = firefox;
  console.log(`Browsers: ${browser}, ${firefox}`);
  if (process.argv.includes('slow')) {
    return sumOf([
      command('Build', npm, 'run', '--silent', 'build'),
      nodeTests('Slow tests', files.filter(isSlow), 1),
    ]);
  }
  return sumOf([
    command('Types, lint and format', npm, 'run', '--silent', 'check'),
    command('Build', npm, 'run', '--silent', 'build'),
    nodeTests(
      'Tests in Node',
      files.filter((file) => !isJourney(file) && !isSlow(file)),
      2,
    ),
    await runComponentTests(browser),
    nodeTests('Journeys in a browser', longestFirst(files.filter(isJourney)), 2),
  ]);
}

const { passed, failed, skipped } = await main();
console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
