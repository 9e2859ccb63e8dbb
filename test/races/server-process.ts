import { openStore, type StoreOptions } from '../../mock-server/store/open-store.ts';
import { startIssuer } from '../issuer/running-issuer.ts';
import { tasks } from './tasks.ts';
import type { Order, Report } from './two-servers.ts';

/** One of two servers on one store: it does as it is told, until it is let go. */
const place = JSON.parse(process.argv[2] ?? '{}') as StoreOptions;
const told = (report: Report): void => void process.send?.(report);

const unlimited = { perMinute: 1e9 };
/** A race is more than one asker may ask for, and waits for its turn as long as it takes. */
const unhurried = { rates: { address: unlimited, device: unlimited }, answerMilliseconds: 600_000 };
const patienceMilliseconds = 600_000;

try {
  const running = await startIssuer(await openStore({ ...place, patienceMilliseconds }), unhurried);
  process.on('message', async ({ name, input }: Order) => {
    try {
      const task = tasks[name] as (server: typeof running, given: unknown) => Promise<unknown>;
      const result = await task(running, input);
      told({ result, logged: running.logged.splice(0).map(String) });
    } catch (thrown) {
      told({ error: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown) });
    }
  });
  process.once('disconnect', () => void running.close());
  told({ result: undefined, logged: [] });
} catch (thrown) {
  told({ error: String(thrown) });
  process.disconnect();
}
