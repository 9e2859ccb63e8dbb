import { openLog } from '../../mock-server/operation/log.ts';
import { createMetrics, type Metrics } from '../../mock-server/operation/metrics.ts';
import { createServer } from '../../mock-server/server.ts';
import { openStore, type StoreOptions } from '../../mock-server/store/open-store.ts';
import { noon, origin, type RunningIssuer } from '../issuer/running-issuer.ts';

/** An issuer whose operator looks: each line of its log, and its metrics. */
export interface WatchedIssuer extends RunningIssuer {
  lines: string[];
  metrics: Metrics;
  stopping: boolean;
  /** The value of a metric with these labels, 0 when it was never counted. */
  count: (metric: string) => Promise<number>;
}

interface WatchedOptions extends Partial<Omit<StoreOptions, 'onError'>> {
  answerMilliseconds?: number;
}

/** On an embedded store in memory, unless told otherwise. */
export async function startWatched(options: WatchedOptions = {}): Promise<WatchedIssuer> {
  const metrics = createMetrics();
  const { answerMilliseconds, ...place } = { file: ':memory:', ...options };
  const store = await openStore({ ...place, onError: metrics.storeError });
  const lines: string[] = [];
  const log = openLog({ mode: 'json', write: (line) => lines.push(line), now: () => noon });
  const watched: WatchedIssuer = {
    server: undefined as unknown as RunningIssuer['server'],
    store,
    time: noon,
    logged: [],
    lines,
    metrics,
    stopping: false,
    count: async (metric) => {
      const line = (await metrics.text()).split('\n').find((each) => each.startsWith(`${metric} `));
      return Number(line?.slice(metric.length + 1) ?? 0);
    },
    close: () => store.destroy(),
  };
  let elapsed = 0;
  watched.server = await createServer({
    origin,
    store,
    now: () => watched.time,
    ...(answerMilliseconds === undefined ? {} : { answerMilliseconds }),
    log: (what, error, requestId) => {
      watched.logged.push(what, error);
      log.fault(what, error, requestId);
    },
    operation: {
      seen: (seen) => {
        log.request(seen);
        metrics.request(seen);
      },
      elapsed: () => (elapsed += 2),
      proofIssued: metrics.proofIssued,
      isStopping: () => watched.stopping,
    },
  });
  return watched;
}
