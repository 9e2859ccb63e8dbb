import { Browser, detectBrowserPlatform, install, resolveBuildId } from '@puppeteer/browsers';
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A browser that the tests can drive, and how to come by it. */
interface Wanted {
  /** What to install by hand. */
  name: string;
  /** The variable that names one. */
  variable: string;
  commands: string[];
  places: string[];
  /** Debian's. */
  packages: string[];
  /** Nobody offers the others prebuilt. */
  download?: Browser;
}

const chromium: Wanted = {
  name: 'Chromium, Chrome or Edge',
  variable: 'CHROME_PATH',
  commands: [
    'chromium',
    'chromium-browser',
    'google-chrome',
    'google-chrome-stable',
    'microsoft-edge',
  ],
  places: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
  packages: ['chromium', 'fonts-noto-cjk'],
  download: Browser.CHROME,
};

const firefox: Wanted = {
  name: 'Firefox',
  variable: 'FIREFOX_PATH',
  commands: ['firefox', 'firefox-esr'],
  places: [
    '/Applications/Firefox.app/Contents/MacOS/firefox',
    'C:\\Program Files\\Mozilla Firefox\\firefox.exe',
    'C:\\Program Files (x86)\\Mozilla Firefox\\firefox.exe',
  ],
  packages: ['firefox-esr'],
  download: Browser.FIREFOX,
};

/** WebKit as GTK has it: WKWebView's engine where there is no Apple. */
const webKit: Wanted = {
  name: 'WebKitGTK’s WebKitWebDriver (there is one on Linux only) and xvfb',
  variable: 'WEBKIT_DRIVER_PATH',
  commands: ['WebKitWebDriver'],
  places: [],
  packages: ['webkit2gtk-driver', 'xvfb'],
};

/**
 * The path of a Chromium, installing one when there is none; says what it does.
 *
 * @throws when none can be had, saying exactly what to install
 */
export const browserForTests = (): Promise<string> => pathOf(chromium);

/** The path of a Firefox, likewise. */
export const firefoxForTests = (): Promise<string> => pathOf(firefox);

/** The path of WebKit's driver, likewise; it knows where its browser is. */
export const webKitForTests = (): Promise<string> => pathOf(webKit);

async function pathOf(wanted: Wanted): Promise<string> {
  const found = installed(wanted) ?? installByApt(wanted) ?? (await download(wanted));
  if (found) return found;
  const { name, packages, variable } = wanted;
  throw new Error(
    `The tests need ${name}, and there is none. Install it (on Debian: apt-get install ` +
      `${packages.join(' ')}), or set ${variable} to one.`,
  );
}

/** The path of an installed one: what the variable names comes first. */
function installed({ variable, commands, places }: Wanted): string | undefined {
  const given = process.env[variable];
  if (given) {
    if (existsSync(given)) return given;
    throw new Error(`${variable} names ${given}, which does not exist.`);
  }
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const candidates = folders.flatMap((folder) => commands.map((command) => join(folder, command)));
  return [...candidates, ...places].find((path) => existsSync(path));
}

function installByApt(wanted: Wanted): string | undefined {
  const isDebianAsRoot = existsSync('/usr/bin/apt-get') && process.getuid?.() === 0;
  if (!isDebianAsRoot) return undefined;
  const { name, packages } = wanted;
  console.log(`No ${name} found: installing Debian’s ${packages.join(' and ')} by apt …`);
  const apt = (...args: string[]) =>
    spawnSync('apt-get', ['-q', ...args], {
      stdio: 'inherit',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
  apt('update');
  apt('install', '-y', '--no-install-recommends', ...packages);
  return installed(wanted);
}

async function download({ name, download: browser }: Wanted): Promise<string | undefined> {
  const platform = detectBrowserPlatform();
  if (!platform || !browser) return undefined;
  console.log(`No ${name} found: downloading one for the tests …`);
  try {
    const { executablePath } = await install({
      browser,
      buildId: await resolveBuildId(browser, platform, 'stable'),
      cacheDir: fileURLToPath(new URL('../node_modules/.cache/browsers', import.meta.url)),
    });
    return executablePath;
  } catch (error) {
    console.log(`The download failed: ${String(error)}`);
    return undefined;
  }
}
