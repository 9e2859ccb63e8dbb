import { esbuildPlugin } from '@web/dev-server-esbuild';
import { chromeLauncher } from '@web/test-runner-chrome';
import { defaultReporter, startTestRunner } from '@web/test-runner';
import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';
import { browserForTests } from './browser.ts';
import type { Counts } from './counts.ts';
import { devtoolsPlugin } from './devtools-plugin.ts';
import { oneRunAFolder, testFiles } from './test-files.ts';

/** Component tests in a real headless Chromium; files may be named on the command line. */

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

export async function runComponentTests(
  executablePath: string,
  files: string[] = oneRunAFolder(testFiles('component')),
): Promise<Counts> {
  const runner = await startTestRunner({
    autoExitProcess: false,
    readCliArgs: false,
    readFileConfig: false,
    config: {
      rootDir: root,
      files,
      nodeResolve: true,
      plugins: [
        commonJsPackages,
        devtoolsPlugin,
        esbuildPlugin({ ts: true, target: 'es2022', tsconfig: `${root}tsconfig.json` }),
      ],
      browsers: [
        chromeLauncher({
          launchOptions: {
            executablePath,
            args: [
              '--no-sandbox',
              '--use-fake-ui-for-media-stream',
              '--use-fake-device-for-media-stream',
            ],
          },
        }),
      ],
      filterBrowserLogs: ({ args }) => !String(args[0]).startsWith('Lit is in dev mode'),
      reporters: [defaultReporter({ reportTestProgress: false })],
      testFramework: { config: { timeout: 10_000 } },
    },
  });
  if (!runner) throw new Error('The component tests did not start.');
  const passed = await new Promise<boolean>((resolve) => runner.on('finished', resolve));
  const counts: Counts = { passed: 0, failed: 0, skipped: 0 };
  for (const { testResults } of runner.sessions.all()) count(testResults, counts);
  console.log(`\n${counts.passed} component tests passed, ${counts.failed} failed`);
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
  const files = process.argv.slice(2);
  const { failed } = await runComponentTests(
    await browserForTests(),
    files.length > 0 ? files : undefined,
  );
  process.exit(failed > 0 ? 1 : 0);
}
