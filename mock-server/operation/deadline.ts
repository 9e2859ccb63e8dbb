import type { MiddlewareHandler } from 'hono';
import { Problem } from '../../widget/protocol/problems.ts';

/**
 * Answers `unavailable` when nothing has come within the time. It begins once the body is there: how long the
 * line takes is the client's, and limited by the listener. What was begun goes on and stands or falls
 * as one transaction; whoever asks again with the same `Idempotency-Key` gets what it came to.
 */
export const withDeadline =
  (milliseconds: number): MiddlewareHandler =>
  async (_, next) => {
    let timer: NodeJS.Timeout | undefined;
    const over = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(
        () => reject(new Problem('unavailable', { detail: 'too slow', retryAfter: 5 })),
        milliseconds,
      );
    });
    try {
      await Promise.race([next(), over]);
    } finally {
      clearTimeout(timer);
    }
  };
