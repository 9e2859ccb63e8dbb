import type { MiddlewareHandler } from 'hono';
import { cors } from 'hono/cors';

type Allowed = Pick<
  Exclude<Parameters<typeof cors>[0], undefined>,
  'allowMethods' | 'allowHeaders' | 'exposeHeaders' | 'maxAge'
>;

/**
 * Pages of any origin may ask, and read the answer. Hono's own `cors` is left the preflight: before a handler,
 * it would begin an answer already, and the handler's would be copied into it as a stream.
 */
export function anyOrigin({ exposeHeaders = [], ...allowed }: Allowed = {}): MiddlewareHandler {
  const preflight = cors({ origin: '*', ...allowed });
  return async (context, next) => {
    if (context.req.method === 'OPTIONS') return preflight(context, next);
    context.header('Access-Control-Allow-Origin', '*');
    if (exposeHeaders.length > 0) {
      context.header('Access-Control-Expose-Headers', exposeHeaders.join(', '));
    }
    await next();
  };
}
