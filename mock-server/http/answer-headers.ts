import type { MiddlewareHandler } from 'hono';

/** Read as what it says it is, and run by nothing. */
const closedHeaders = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
} as const;

/**
 * What an answer carries that is no file, whoever made it. Kept by nobody; hosts read data by CORS, which
 * this leaves alone, and nothing else of another origin gets at it.
 */
export const dataHeaders = {
  ...closedHeaders,
  'Cache-Control': 'no-store',
  'Cross-Origin-Resource-Policy': 'same-origin',
} as const;

/** Adds these to every answer that has none of its own, a 404 and a fault too. Pages bring policies of their own. */
export const answerHeaders: MiddlewareHandler = async (context, next) => {
  await next();
  const { headers, ok } = context.res;
  const type = headers.get('Content-Type');
  const isFile = ok && type !== null && !type.includes('json');
  for (const [name, value] of Object.entries(isFile ? closedHeaders : dataHeaders)) {
    if (!headers.has(name)) context.res.headers.set(name, value);
  }
};
