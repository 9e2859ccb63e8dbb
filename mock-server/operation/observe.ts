import type { Context, MiddlewareHandler } from 'hono';
import { randomUUID } from 'node:crypto';
import type { ProblemCode } from '../../widget/protocol/problems.ts';

/** A request that has been answered: nothing in it says who asked, or for what. */
export interface SeenRequest {
  id: string;
  method: string;
  /** The route's pattern, never the path: that may hold ids. */
  route: string;
  status: number;
  problem?: ProblemCode | undefined;
  /** Until the answer's head was ready. */
  milliseconds: number;
}

export type RequestObserver = (seen: SeenRequest) => void;

declare module 'hono' {
  interface ContextVariableMap {
    requestId?: string;
    /** Left behind by whoever turned a problem into the answer. */
    problem?: ProblemCode;
  }
}

export const requestIdHeader = 'X-Request-Id';

/**
 * Names each request and tells of it when it is answered. An id that came along is kept if it is well
 * formed: 8 to 64 characters of A–Z, a–z, 0–9, `-` and `_`, and no run of digits that could be somebody's
 * number, with or without dashes.
 *
 * @param elapsed a clock that nobody sets, milliseconds
 */
export const observe =
  (observer: RequestObserver, elapsed: () => number): MiddlewareHandler =>
  async (context, next) => {
    const given = context.req.header(requestIdHeader);
    const id = given !== undefined && isWellFormed(given) ? given : randomUUID();
    context.set('requestId', id);
    const began = elapsed();
    await next();
    // Not by `context.header`, which would make a stream of an answer that is ready.
    context.res.headers.set(requestIdHeader, id);
    const problem = context.get('problem');
    observer({
      id,
      method: context.req.method,
      route: routeOf(context),
      status: context.res.status,
      ...(problem === undefined ? {} : { problem }),
      milliseconds: Math.round((elapsed() - began) * 10) / 10,
    });
  };

const isWellFormed = (id: string): boolean =>
  /^[\w-]{8,64}$/.test(id) && !/\d{12}/.test(id.replaceAll(/[-_]/g, ''));

/** The pattern of the handler that answers; files, and what nobody answers, share one. */
const routeOf = ({ req }: Context): string =>
  req.matchedRoutes.findLast(({ method }) => method !== 'ALL')?.path ?? '/*';
