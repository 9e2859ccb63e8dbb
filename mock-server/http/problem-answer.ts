import type { Context } from 'hono';
import {
  Problem,
  problemStatuses,
  problemType,
  type ProblemDocument,
} from '../../widget/protocol/problems.ts';

/** How the server writes down what went wrong; without identity, whatever was asked. */
export type ErrorLog = (what: string, error: unknown, requestId?: string) => void;

/** A problem as RFC 9457 sends it. */
export function problemDocument({ code, details }: Problem): ProblemDocument {
  const { detail, availableFrom, attemptsLeft } = details;
  return {
    type: problemType(code),
    title: code.replaceAll('-', ' '),
    status: problemStatuses[code],
    ...(detail === undefined ? {} : { detail }),
    ...(availableFrom === undefined ? {} : { availableFrom }),
    ...(attemptsLeft === undefined ? {} : { attemptsLeft }),
  };
}

/**
 * The one place where a thrown problem becomes an answer (RFC 9457). Whatever else is thrown is the
 * server's own fault: logged, and answered as `unavailable`.
 */
export const problemAnswer =
  (log: ErrorLog) =>
  (thrown: unknown, context: Context): Response => {
    if (!(thrown instanceof Problem)) {
      const what = `${context.req.method} ${context.req.routePath}`;
      log(what, thrown, context.get('requestId'));
    }
    const problem =
      thrown instanceof Problem ? thrown : new Problem('unavailable', { retryAfter: 5 });
    const { code, details } = problem;
    context.set('problem', code);
    const { retryAfter } = details;
    const document = problemDocument(problem);
    const { status } = document;
    const headers = new Headers(context.res.headers);
    headers.set('Content-Type', 'application/problem+json');
    headers.set('Cache-Control', 'no-store');
    if (retryAfter !== undefined) headers.set('Retry-After', String(retryAfter));
    if (status === 401) headers.set('WWW-Authenticate', challenge(code));
    return new Response(JSON.stringify(document), { status, headers });
  };

/** RFC 9449, section 9, and RFC 9110, section 11.6.1. */
function challenge(code: Problem['code']): string {
  if (code === 'use-dpop-nonce') return 'DPoP error="use_dpop_nonce"';
  if (code === 'invalid-dpop-proof') return 'DPoP error="invalid_dpop_proof"';
  if (code === 'credential-required') return 'Bearer';
  return 'DPoP';
}
