import { createMetrics } from '../../../mock-server/operation/metrics.ts';
import { openStore, type StoreOptions } from '../../../mock-server/store/open-store.ts';
import { createServer } from '../../../mock-server/server.ts';
import { origin } from '../../issuer/running-issuer.ts';
import { listen } from './listening.ts';

/** The mock as it is served, in a process of its own, but that nobody may ask too much. */
const store = await openStore(JSON.parse(process.argv[2] ?? '{}') as StoreOptions);
const unlimited = { perMinute: 1e9 };
const metrics = createMetrics();
const { app, tidy } = await createServer({
  origin,
  store,
  now: Date.now,
  log: console.error,
  operation: {
    seen: metrics.request,
    elapsed: () => performance.now(),
    proofIssued: metrics.proofIssued,
    isStopping: () => false,
  },
  rates: { address: unlimited, device: unlimited },
});
setInterval(() => void tidy(), 60_000).unref();
await listen(app, () => store.destroy());
