import { Hono, type Context } from 'hono';
import { sql } from 'kysely';
import type { Keyring } from '../issuer/keyring.ts';
import type { OpenStore } from '../store/open-store.ts';
import { withDeadline } from './deadline.ts';

/** How long the store may take to say that it is there. */
const storeMilliseconds = 2000;

/** Why a server should not be asked anything now. */
export type NotReady = 'stopping' | 'store' | 'keys';

/** @returns nothing when the server can answer */
export type Readiness = () => Promise<NotReady | undefined>;

interface ReadinessOptions {
  store: OpenStore;
  keyring: Keyring;
  /** The server's clock, whole seconds. */
  at: () => number;
  isStopping: () => boolean;
}

/** Whether the store answers and there are keys to sign with. */
export const readiness =
  ({ store, keyring, at, isStopping }: ReadinessOptions): Readiness =>
  async () => {
    if (isStopping()) return 'stopping';
    try {
      for (const each of [store, store.hurried]) await sql`select 1`.execute(each);
    } catch {
      return 'store';
    }
    return keyring.signing('code', at()).then(
      () => undefined,
      () => 'keys',
    );
  };

/** `/healthz`: the process lives. `/readyz`: it can answer; otherwise 503 and one word why. */
export function healthRoutes(ready: Readiness): Hono {
  const app = new Hono();
  const unready = (context: Context, why: NotReady) =>
    context.json({ status: why }, 503, { ...noStore, 'Retry-After': '5' });
  app.onError((_, context) => unready(context, 'store'));
  app.get('/healthz', (context) => context.json({ status: 'alive' }, 200, noStore));
  app.get('/readyz', withDeadline(storeMilliseconds), async (context) => {
    const why = await ready();
    return why ? unready(context, why) : context.json({ status: 'ready' }, 200, noStore);
  });
  return app;
}

const noStore = { 'Cache-Control': 'no-store' };
