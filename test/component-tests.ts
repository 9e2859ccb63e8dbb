import { esbuildPlugin } from '@web/dev-server-esbuild';
import { defaultReporter, startTestRunner } from '@web/test-runner';
import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';
import { componentEngines, type EngineName } from './component-engines.ts';
import type { Counts } from './counts.ts';
import { devtoolsPlugin } from './devtools-plugin.ts';
import { freePort } from './journeys/running-mock.ts';
import { oneRunAFolder, testFiles } from './test-files.ts';

/**
 * Component tests in a real browser: `test/component-tests.ts [--firefox|--webkit] [file …]`, in Chromium
 * and all of them unless said otherwise.
 */

const root = fileURLToPath(new URL('..', import.meta.url));

/** The few CommonJS packages, each bundled whole: the dev server serves modules one by one. */
const commonJsPackages = {
  name: 'commonjs-packages',
  async serve({ path }: { path: string }) {
    if (!/\/node_modules\/(qrcode|axe-core)\//.test(path)) return undefined;
    const { outputFiles } = await build({
      entryPoints: [root + path],
      bundle: true,
      format: 'esm',
      write: false,
    });
    return { body: outputFiles[0]?.text ?? '', type: 'js' };
  },
};

const componentFiles = (name: EngineName): string[] => [
  ...testFiles('component'),
  ...(name === 'chromium' ? testFiles('chromium-component') : []),
];

/** Runs the component tests in one engine. */
export async function runComponentTests(
  name: EngineName,
  files: string[] = oneRunAFolder(componentFiles(name)),
): Promise<Counts> {
  const browser = await componentEngines[name]();
  const runner = await startTestRunner({
    autoExitProcess: false,
    readCliArgs: false,
    readFileConfig: false,
    config: {
      rootDir: root,
      // The runner would look for one from 8000 on, and another run too, at the same time.
      port: await freePort(),
      files,
      nodeResolve: true,
      plugins: [
        commonJsPackages,
        devtoolsPlugin,
        esbuildPlugin({ ts: true, json: true, target: 'es2022', tsconfig: `${root}tsconfig.json` }),
      ],
      browsers: [browser],
      filterBrowserLogs: ({ args }) => !String(args[0]).startsWith('Lit is in dev mode'),
      reporters: [defaultReporter({ reportTestProgress: false })],
      // A machine that others use too is slow, and that is no fault of a test.
      browserStartTimeout: 120_000,
      testsFinishTimeout: 600_000,
      testFramework: { config: { timeout: 60_000 } },
    },
  });
  if (!runner) throw new Error('The component tests did not start.');
  const passed = await new Promise<boolean>((resolve) => runner.on('finished', resolve));
  // Left to itself, the runner would be at it still when the process ends.
  await runner.stop();
  await browser.stop?.();
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  for (const { testResults } of runner.sessions.all()) count(testResults, counts);
  console.log(`\n${counts.passed} component tests passed in ${name}, ${counts.failed} failed`);
  // A file that cannot be loaded holds no test that failed.
  return !passed && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

interface Suite {
  tests: { passed: boolean; skipped: boolean }[];
  suites: Suite[];
}

function count(suite: Suite | undefined, counts: Counts): void {
  for (const { passed, skipped } of suite?.tests ?? []) {
    counts[skipped ? 'skipped' : passed ? 'passed' : 'failed']++;
  }
  for (const inner of suite?.suites ?? []) count(inner, counts);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const words = process.argv.slice(2);
  const names = Object.keys(componentEngines) as EngineName[];
  const files = words.filter((word) => !word.startsWith('--'));
  const { failed } = await runComponentTests(
    names.find((name) => words.includes(`--${name}`)) ?? 'chromium',
    files.length > 0 ? files : undefined,
  );
  process.exit(failed > 0 ? 1 : 0);
}
