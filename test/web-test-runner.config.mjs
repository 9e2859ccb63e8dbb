import { esbuildPlugin } from '@web/dev-server-esbuild';
import { chromeLauncher } from '@web/test-runner-chrome';
import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The few CommonJS packages, each bundled whole: the dev server serves modules one by one. */
const commonJsPackages = {
  name: 'commonjs-packages',
  async serve({ path }) {
    if (!/\/node_modules\/(qrcode|axe-core)\//.test(path)) return undefined;
    const { outputFiles } = await build({
      entryPoints: [root + path],
      bundle: true,
      format: 'esm',
      write: false,
    });
    return { body: outputFiles[0].text, type: 'js' };
  },
};

/** Component tests in a real headless Chromium: `CHROME_PATH`, or the one Debian installs. */
export default {
  rootDir: root,
  files: ['test/{elements,host,flow-browser,gate-page,host-app}/**/*.test.ts'],
  nodeResolve: true,
  plugins: [
    commonJsPackages,
    esbuildPlugin({ ts: true, target: 'es2022', tsconfig: `${root}tsconfig.json` }),
  ],
  browsers: [
    chromeLauncher({
      launchOptions: {
        executablePath: process.env.CHROME_PATH ?? '/usr/bin/chromium',
        args: [
          '--no-sandbox',
          '--use-fake-ui-for-media-stream',
          '--use-fake-device-for-media-stream',
        ],
      },
    }),
  ],
  testFramework: { config: { timeout: 10_000 } },
};
