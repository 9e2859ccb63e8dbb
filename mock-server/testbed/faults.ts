import type { MiddlewareHandler } from 'hono';
import * as v from 'valibot';
import { Problem } from '../../widget/protocol/problems.ts';

/** What goes wrong with every call to the issuer until it is told otherwise. */
export const Faults = v.strictObject({
  /** Milliseconds before every answer. */
  delayMs: v.optional(v.pipe(v.number(), v.minValue(0), v.maxValue(60_000)), 0),
  /** Answers 503 with `Retry-After`. */
  unavailable: v.optional(v.boolean(), false),
  /** Closes the connection without an answer. */
  drop: v.optional(v.boolean(), false),
});
export type Faults = v.InferOutput<typeof Faults>;

export const noFaults: Faults = { delayMs: 0, unavailable: false, drop: false };

/** Lets the faults of the moment happen to whatever comes after it. */
export const withFaults =
  (faults: () => Faults): MiddlewareHandler =>
  async (context, next) => {
    const { delayMs, unavailable, drop } = faults();
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
    if (drop) {
      const { outgoing } = context.env as { outgoing?: { destroy: () => void } };
      outgoing?.destroy();
    }
    if (unavailable || drop) throw new Problem('unavailable', { retryAfter: 2 });
    await next();
  };
