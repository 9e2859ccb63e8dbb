import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { ConfigurationError, readConfiguration } from './configuration.ts';

/** `npm start`: only serving needs the built pages, so only serving waits for the build. */

const root = fileURLToPath(new URL('..', import.meta.url));

function isConfigured(): boolean {
  try {
    readConfiguration(process.env);
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
else if (isConfigured() && isBuilt()) {
  await import(new URL('../dist/mock-server/main.js', import.meta.url).href);
} else process.exitCode = 1;
