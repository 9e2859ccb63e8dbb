import type { MiddlewareHandler } from 'hono';

/**
 * What every answer carries that is not a page's own, whoever made it, a 404 and a fault too: read as
 * what it says it is, kept by nobody, run by nothing. Pages bring policies of their own.
 */
export const answerHeaders: MiddlewareHandler = async (context, next) => {
  await next();
  const { headers, ok } = context.res;
  const type = headers.get('Content-Type');
  const isFile = ok && type !== null && !type.includes('json');
  const wanted: Record<string, string> = {
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
    // Hosts read data by CORS, which this leaves alone; nothing else of another origin gets at it.
    ...(isFile
      ? {}
      : { 'Cache-Control': 'no-store', 'Cross-Origin-Resource-Policy': 'same-origin' }),
  };
  for (const [name, value] of Object.entries(wanted)) {
    if (!headers.has(name)) context.res.headers.set(name, value);
  }
};
