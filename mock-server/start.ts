import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ConfigurationError, readConfiguration, type Configuration } from './configuration.ts';
import { holdPair } from './operation/port-pair.ts';
import { makeFolder } from './store/data-folder.ts';
import { openFailure } from './store/open-failure.ts';

/** `npm start`: only serving needs the built pages, so only serving waits for the build. */

const root = fileURLToPath(new URL('..', import.meta.url));

/** Whether the configuration can be used, its folder made and its port had, as far as is known so early. */
async function canServe(): Promise<boolean> {
  try {
    const configuration = readConfiguration(process.env);
    if (configuration.databaseUrl === undefined) makeDataFolder(configuration);
    const { port } = configuration;
    if (port !== undefined) {
      const { host, gate } = await holdPair(port, () => {});
      for (const held of [host, gate]) held.close();
    }
    return true;
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return false;
  }
}

function makeDataFolder(configuration: Configuration): void {
  try {
    makeFolder(configuration.dataFolder);
  } catch (error) {
    const told = openFailure(error, configuration);
    throw told === undefined ? error : new ConfigurationError(told);
  }
}

function isBuilt(): boolean {
  const shell = process.platform === 'win32';
  const build = { cwd: root, stdio: 'inherit', shell } as const;
  return spawnSync('npm', ['run', '--silent', 'build'], build).status === 0;
}

if (process.argv.length > 2) await import('./main.ts');
else if ((await canServe()) && isBuilt()) {
  await import(new URL('../dist/mock-server/main.js', import.meta.url).href);
} else process.exitCode = 1;
