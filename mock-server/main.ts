import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { policy } from '../widget/protocol/policy.ts';
import { ConfigurationError, readConfiguration } from './configuration.ts';
import { secondsOf } from './http/clock.ts';
import { erase } from './operation/erase.ts';
import { helpText } from './operation/help.ts';
import { readSecretLine } from './operation/read-secret-line.ts';
import { overlapSeconds, rotateKeys, shortestOverlapSeconds } from './operation/rotate-keys.ts';
import { serve } from './operation/serve.ts';
import { hasStore } from './store/existing-store.ts';
import { openFailure } from './store/open-failure.ts';
import { openStore, type Store } from './store/open-store.ts';
import { openClock } from './testbed/clock.ts';

/** `npm start`: host app and issuer on one port, the gate on the next; `npm start -- --help` says what else. */

/** Something asked for that cannot be done; the message says what is wanted. */
class UsageError extends Error {
  override readonly name = 'UsageError';
}

async function main([command, ...rest]: string[]): Promise<void> {
  if (command === '--help' || command === 'help') return console.log(helpText('npm start --'));
  const configuration = readConfiguration(process.env);
  const { databaseUrl, dataFolder } = configuration;
  const file = join(dataFolder, 'boarding-id.sqlite');
  const tell = (error: unknown): never => {
    const told = openFailure(error, configuration);
    throw told === undefined ? error : new ConfigurationError(told);
  };
  const open = (onError?: () => void) => openStore({ databaseUrl, file, onError }).catch(tell);
  const openExisting = async () => {
    // Otherwise a wrong place would be answered by an empty store, as if all were well.
    if (databaseUrl === undefined && !existsSync(file)) {
      throw new UsageError(`There is no store at ${file}. DATA_FOLDER or DATABASE_URL says where.`);
    }
    if (databaseUrl !== undefined && !(await hasStore(databaseUrl).catch(tell))) {
      throw new UsageError('There is no store in this database; DATABASE_URL says where.');
    }
    return open();
  };
  if (command === undefined) {
    return serve({
      configuration,
      openStore: open,
      folder: fileURLToPath(new URL('..', import.meta.url)),
      say: console.log,
      write: console.error,
    });
  }
  if (command === 'rotate-keys') {
    const after = readAfter(rest);
    return withStore(openExisting, (store, at) => rotate(store, at, after));
  }
  if (command === 'erase') {
    // A number among the arguments would stand in the list of processes and in the shell's history.
    if (rest.length > 0) throw new UsageError('erase takes the number from standard input alone.');
    return withStore(openExisting, forget);
  }
  throw new UsageError(`There is no command "${command}".\n\n${helpText('npm start --')}`);
}

/** By the clock that the servers on this store have. */
async function withStore(
  open: () => Promise<Store>,
  use: (store: Store, at: number) => Promise<void>,
): Promise<void> {
  const store = await open();
  try {
    const clock = await openClock(store, Date.now);
    await use(store, secondsOf(clock.now));
  } finally {
    await store.destroy();
  }
}

function readAfter([option, value = '', ...more]: string[]): number {
  if (option === undefined) return overlapSeconds;
  const seconds = Number(value);
  const isLongEnough = /^\d{1,8}$/.test(value) && seconds >= shortestOverlapSeconds;
  if (option === '--after' && isLongEnough && more.length === 0) return seconds;
  throw new UsageError(`--after must be a number of seconds, at least ${shortestOverlapSeconds}.`);
}

async function rotate(store: Store, at: number, after: number): Promise<void> {
  const made = await rotateKeys(store, at, after);
  for (const { kind, kid } of made) console.log(`${kind}  ${kid}`);
  const from = new Date((at + after) * 1000).toISOString();
  console.log(`Published now, signing from ${from}. The keys before verify for a month more.`);
}

async function forget(store: Store, at: number): Promise<void> {
  const number = await readSecretLine(process.stdin, process.stderr, 'Document number: ');
  const told = await erase(store, policy, number, at);
  if (told === undefined) throw new UsageError('This is not a number of a resident identity card.');
  console.log(told);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  const isTheirs = error instanceof ConfigurationError || error instanceof UsageError;
  console.error(isTheirs ? error.message : error);
  // What listens already would keep the process alive.
  process.exit(1);
});
