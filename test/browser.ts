import { Browser, detectBrowserPlatform, install, resolveBuildId } from '@puppeteer/browsers';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Commands and places of browsers that the tests can drive: Chrome, Chromium, Edge. */
const commands = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'microsoft-edge',
];
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

/** The path of an installed browser: `CHROME_PATH` first. */
export function installedBrowser(): string | undefined {
  const given = process.env['CHROME_PATH'];
  if (given) {
    if (existsSync(given)) return given;
    throw new Error(`CHROME_PATH names ${given}, which does not exist.`);
  }
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const candidates = folders.flatMap((folder) => commands.map((command) => join(folder, command)));
  return [...candidates, ...places].find((path) => existsSync(path));
}

/**
 * The path of a browser, installing one when there is none; says what it does.
 *
 * @throws when none can be had, saying exactly what to install
 */
export async function browserForTests(): Promise<string> {
  const found = installedBrowser() ?? installByApt() ?? (await download());
  if (found) return found;
  throw new Error(
    'No browser for the tests. Install Chromium, Chrome or Edge (on Debian: apt-get install ' +
      'chromium fonts-noto-cjk), or set CHROME_PATH to one.',
  );
}

function installByApt(): string | undefined {
  const isDebianAsRoot = existsSync('/usr/bin/apt-get') && process.getuid?.() === 0;
  if (!isDebianAsRoot) return undefined;
  console.log('No browser found: installing Debian’s chromium and fonts-noto-cjk by apt …');
  const apt = (...args: string[]) =>
    spawnSync('apt-get', ['-q', ...args], {
      stdio: 'inherit',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  apt('update');
  apt('install', '-y', '--no-install-recommends', 'chromium', 'fonts-noto-cjk');
  return installedBrowser();
}

async function download(): Promise<string | undefined> {
  const platform = detectBrowserPlatform();
  if (!platform) return undefined;
  console.log('No browser found: downloading Chrome for the tests …');
  try {
    const { executablePath } = await install({
      browser: Browser.CHROME,
      buildId: await resolveBuildId(Browser.CHROME, platform, 'stable'),
      cacheDir: fileURLToPath(new URL('../node_modules/.cache/browsers', import.meta.url)),
    });
    return executablePath;
  } catch (error) {
    console.log(`The download failed: ${String(error)}`);
    return undefined;
  }
}
