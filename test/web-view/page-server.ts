import { serve } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { addPage } from '../../mock-server/http/pages.ts';
import { freePort } from '../journeys/running-mock.ts';

/** The host's page, with the bundle of the build, under the mock's strict policy. */
export interface PageServer {
  origin: string;
  stop: () => Promise<void>;
}

export async function servePage(): Promise<PageServer> {
  const app = new Hono();
  addPage(app, fileURLToPath(new URL('page', import.meta.url)), false);
  app.get('/boarding-id.bundle.js', serveStatic({ path: 'dist/widget/boarding-id.bundle.js' }));
  const port = await freePort();
  const server = serve({ fetch: app.fetch, port, hostname: '127.0.0.1' });
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${port}`,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
