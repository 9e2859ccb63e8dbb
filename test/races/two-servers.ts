import assert from 'node:assert/strict';
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { after, before } from 'node:test';
import { fileURLToPath } from 'node:url';
import { openStore, type Store, type StoreOptions } from '../../mock-server/store/open-store.ts';
import { onEachStore as onEmptyStores } from '../empty-places.ts';
import type { Task, Tasks } from './tasks.ts';

/** Two whole mocks, each in a process of its own, on one store. */
export interface TwoServers {
  /** The same store, to look at what they have done. */
  store: Store;
  /**
   * Has both do a task at the same moment.
   *
   * @param input what the first and the second are to do
   * @throws what one of them has thrown, or has logged as its own fault
   */
  both: <Name extends Task>(
    name: Name,
    input: (server: number) => Parameters<Tasks[Name]>[1],
  ) => Promise<Awaited<ReturnType<Tasks[Name]>>[]>;
  stop: () => Promise<void>;
}

/** What goes to a server's process, and what comes back. */
export interface Order {
  name: Task;
  input: unknown;
}
export type Report = { result?: unknown; logged: string[] } | { error: string };

const program = fileURLToPath(new URL('./server-process.ts', import.meta.url));

/** Both begin with an empty store, at the same moment. */
export async function startTwoServers(place: StoreOptions): Promise<TwoServers> {
  const servers = [0, 1].map(() =>
    fork(program, [JSON.stringify(place)], { execArgv: ['--import', 'tsx'] }),
  );
  await Promise.all(servers.map(report));
  const store = await openStore(place);
  return {
    store,
    both: async (name, input) => {
      const results = servers.map(async (server, index) => {
        server.send({ name, input: input(index) } satisfies Order);
        return report(server);
      });
      return (await Promise.all(results)) as Awaited<ReturnType<Tasks[typeof name]>>[];
    },
    stop: async () => {
      await store.destroy();
      await Promise.all(servers.map(stop));
    },
  };
}

async function report(server: ChildProcess): Promise<unknown> {
  const said = await new Promise<Report>((resolve) => {
    const ended = (): void => resolve({ error: 'a server has ended' });
    server.once('exit', ended);
    server.once('message', (message: Report) => {
      server.off('exit', ended);
      resolve(message);
    });
  });
  if ('error' in said) throw new Error(said.error);
  assert.deepEqual(said.logged, [], 'a server found no fault of its own');
  return said.result;
}

async function stop(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null) return;
  server.disconnect();
  await once(server, 'exit');
}

/** Runs the same tests on SQLite and on PostgreSQL, each on an empty store of its own. */
export function onEachStore(tests: (servers: () => TwoServers) => void): void {
  onEmptyStores((emptyPlace) => {
    let servers: TwoServers;
    before(async () => {
      servers = await startTwoServers(emptyPlace());
    });
    after(() => servers.stop());
    tests(() => servers);
  });
}
