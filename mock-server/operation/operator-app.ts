import { Hono } from 'hono';
import { healthRoutes, type Readiness } from './health.ts';
import type { Metrics } from './metrics.ts';

/**
 * What the operator's own network may ask: metrics, and health for as long as the process ends. It has an
 * address of its own, never the public one; without CORS no page of another origin reads it.
 */
export function operatorApp(
  metrics: Pick<Metrics, 'text' | 'contentType'>,
  ready: Readiness,
): Hono {
  const app = new Hono();
  app.get('/metrics', async (context) =>
    context.body(await metrics.text(), 200, {
      'Content-Type': metrics.contentType,
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
    }),
  );
  app.route('/', healthRoutes(ready));
  return app;
}
