import type { MiddlewareHandler } from 'hono';

/**
 * What every answer carries that is not a page's own, whoever made it, a 404 and a fault too: read as
 * what it says it is, kept by nobody, run by nothing. Pages bring policies of their own.
 */
export const answerHeaders: MiddlewareHandler = async (context, next) => {
  await next();
  const { headers } = context.res;
  const isData = !/^text\/html|javascript|css/.test(headers.get('Content-Type') ?? '');
  const wanted: Record<string, string> = {
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
    // Hosts read the data by CORS; without it, nobody of another origin gets it into their process.
    ...(isData
      ? { 'Cross-Origin-Resource-Policy': 'same-origin', 'Cache-Control': 'no-store' }
      : {}),
  };
  for (const [name, value] of Object.entries(wanted)) {
    if (!headers.has(name)) context.res.headers.set(name, value);
  }
};
