import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { browserForTests, firefoxForTests, webKitForTests } from './browser.ts';
import { runComponentTests } from './component-tests.ts';
import { sumOf, type Counts } from './counts.ts';
import { nodeTests } from './node-tests.ts';
import { runPostgresTests } from './postgres-tests.ts';
import { oneRunAFolder, testFiles } from './test-files.ts';

/**
 * `npm test`: types, lint and format, the tests in Node, the components in Chromium, the journey.
 * `npm test -- slow` runs what takes longer instead, the components in Firefox and WebKit, and what touches
 * the store on PostgreSQL.
 */

const root = fileURLToPath(new URL('..', import.meta.url));

/** Runs scripts of `package.json` beside each other; one that fails counts as one failed test. */
async function scripts(...names: string[]): Promise<Counts> {
  console.log(`\n── ${names.join(', ')}`);
  return sumOf(await Promise.all(names.map(script)));
}

async function script(name: string): Promise<Counts> {
  const child = spawn(npm, ['run', '--silent', name], { cwd: root });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  const failed = await new Promise<boolean>((resolve) => {
    child.on('close', (status) => resolve(status !== 0));
  });
  console.log(`${failed ? '✖' : '✔'} ${name}\n${output}`);
  return { passed: failed ? 0 : 1, failed: failed ? 1 : 0, skipped: 0 };
}

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
async function main(): Promise<Counts> {
  const browser = await browserForTests();
  process.env['CHROME_PATH'] = browser;
  const firefox = await firefoxForTests();
  process.env['FIREFOX_PATH'] = firefox;
  console.log(`Browsers: ${browser}, ${firefox}`);
  if (process.argv.includes('slow')) {
    process.env['WEBKIT_DRIVER_PATH'] = await webKitForTests();
    return sumOf([
      await scripts('build'),
      await runComponentTests('firefox'),
      await runComponentTests('webkit'),
      await runPostgresTests(),
      await nodeTests('Slow tests', testFiles('slow'), 2),
      await nodeTests('The soak', testFiles('soak'), 1),
    ]);
  }
  return sumOf([
    await scripts('typecheck', 'lint', 'format', 'build'),
    await nodeTests('Tests in Node', oneRunAFolder(testFiles('node')), 2),
    // Neither fills two processors by itself.
    ...(await Promise.all([
      runComponentTests('chromium'),
      nodeTests('Journeys in a browser, and components beside them', testFiles('journey'), 1),
    ])),
  ]);
}

const { passed, failed, skipped } = await main();
console.log(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
