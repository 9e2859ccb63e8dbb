import { serveStatic } from '@hono/node-server/serve-static';
import { Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { filesUnder } from './pages.ts';

/** Where the mock is, for the addresses that the examples are written with. */
export interface Origins {
  /** Host app and issuer. */
  app: string;
  /** The page in the frame: of another origin than the page around it. */
  component: string;
}

type Sources = Record<string, string[]>;

/** What an example's policy allows beyond what every host's does; `widget/docs/content-security-policy.md`. */
const needs: Record<string, (origins: Origins) => { csp?: Sources; permissions?: string[] }> = {
  // The page of examples reads their sources and shows them in frames.
  '': () => ({ csp: { connectSrc: ["'self'"], frameSrc: ["'self'"], imgSrc: ['data:'] } }),
  module: () => ({}),
  'script-tag': () => ({}),
  frame: ({ component }) => ({ csp: { frameSrc: [component] }, permissions: ['self', component] }),
  'frame-forgotten': ({ component }) => ({ csp: { frameSrc: [component] } }),
  component: ({ app }) => ({ csp: { frameAncestors: [app] } }),
  react: () => ({}),
  // Vue makes a policy of its own, though this page gives it no HTML.
  vue: () => ({ csp: { trustedTypes: ['lit-html', 'vue'] } }),
};

/**
 * Serves the examples at `/embedding/`, each under a policy of its own, with the mock's addresses and the
 * bundle's hash in the place of those they are written with.
 *
 * @param folder absolute path of the built pages
 */
export function embeddingPages(folder: string, origins: Origins): Hono {
  const pages = new Hono();
  const inPlace = [
    ['https://app.example', origins.app],
    ['https://issuer.example', origins.app],
    ['https://boarding.example', origins.component],
    ['sha384-as-in-integrity.json', bundleHash(folder)],
  ] as const;
  pages.use('/embedding/*', async (context, next) => {
    await next();
    const { headers, status } = context.res;
    if (status !== 200 || !/\/$|\/assets\/.*\.js$/.test(context.req.path)) return;
    let text = await context.res.text();
    for (const [written, own] of inPlace) text = text.replaceAll(written, own);
    context.res = new Response(text, { headers });
    context.res.headers.delete('Content-Length');
  });
  for (const [name, needed] of Object.entries(needs)) {
    const { csp, permissions = ['self'] } = needed(origins);
    pages.use(
      `/embedding/${name && `${name}/`}`,
      filesUnder(
        secureHeaders({
          contentSecurityPolicy: {
            defaultSrc: ["'none'"],
            scriptSrc: ["'self'"],
            styleSrc: ["'self'"],
            connectSrc: [origins.app],
            frameAncestors: ["'self'"],
            requireTrustedTypesFor: ["'script'"],
            trustedTypes: ['lit-html'],
            ...csp,
          },
          permissionsPolicy: { camera: permissions, geolocation: permissions },
          referrerPolicy: 'no-referrer',
          xFrameOptions: false,
          strictTransportSecurity: false,
          crossOriginResourcePolicy: false,
        }),
        folder,
      ),
    );
  }
  pages.get('/embedding', (context) => context.redirect('/embedding/'));
  pages.use('/embedding/*', serveStatic({ root: relative(process.cwd(), folder) || '.' }));
  return pages;
}

function bundleHash(folder: string): string {
  const hashes = readFileSync(`${folder}/widget/integrity.json`, 'utf8');
  return (JSON.parse(hashes) as Record<string, string>)['boarding-id.bundle.js']!;
}
