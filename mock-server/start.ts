import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ConfigurationError, readConfiguration } from './configuration.ts';
import { holdPair } from './operation/port-pair.ts';

/** `npm start`: only serving needs the built pages, so only serving waits for the build. */

const root = fileURLToPath(new URL('..', import.meta.url));

/** Whether the configuration can be used and the port that it asks for is free, as far as is known so early. */
async function canListen(): Promise<boolean> {
  try {
    const { port } = readConfiguration(process.env);
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

function isBuilt(): boolean {
  const shell = process.platform === 'win32';
  const build = { cwd: root, stdio: 'inherit', shell } as const;
  return spawnSync('npm', ['run', '--silent', 'build'], build).status === 0;
}

if (process.argv.length > 2) await import('./main.ts');
else if ((await canListen()) && isBuilt()) {
  await import(new URL('../dist/mock-server/main.js', import.meta.url).href);
} else process.exitCode = 1;
