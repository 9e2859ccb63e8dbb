import { serveStatic } from '@hono/node-server/serve-static';
import type { Hono, MiddlewareHandler } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { relative } from 'node:path';

/**
 * Serves a built page and its assets under a policy as strict as a careful host's: own scripts and
 * styles only, Trusted Types, nothing inline.
 *
 * @param folder absolute path of the built page
 * @param wasm whether the page decodes pictures by WebAssembly
 */
export function addPage(app: Hono, folder: string, wasm: boolean): void {
  const policy = secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'", ...(wasm ? ["'wasm-unsafe-eval'"] : [])],
      styleSrc: ["'self'"],
      imgSrc: ["'self'", 'blob:', 'data:'],
      mediaSrc: ["'self'", 'blob:'],
      // The issuer may be on another origin of this machine.
      connectSrc: ["'self'", 'http://localhost:*', 'http://127.0.0.1:*'],
      baseUri: ["'none'"],
      formAction: ["'none'"],
      frameAncestors: ["'self'"],
      requireTrustedTypesFor: ["'script'"],
      trustedTypes: ['lit-html'],
    },
    permissionsPolicy: { camera: ['self'], geolocation: ['self'] },
    referrerPolicy: 'no-referrer',
    strictTransportSecurity: false,
    crossOriginResourcePolicy: false,
  });
  app.use(filesUnder(policy, folder));
}

/**
 * Serves the files of a folder, each under a policy; what is no file is answered, and guarded, as data.
 *
 * @param folder absolute path
 */
export function filesUnder(policy: MiddlewareHandler, folder: string): MiddlewareHandler {
  const files = serveStatic({ root: relative(process.cwd(), folder) || '.' });
  return async (context, next) => {
    const file = await files(context, async () => {});
    if (!file) return next();
    return policy(context, async () => {
      context.res = file;
    });
  };
}
