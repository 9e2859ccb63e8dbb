import * as v from 'valibot';
import { Coordinates } from '../../protocol/messages/holder.ts';

/** What a host answers. Anything else counts as no answer: a host can be wrong, as a server can. */

/** Its `bid-session+jwt`, or null when nobody is signed in. */
export const SessionReply = v.object({ session: v.nullable(v.string()) });

export const LocationReply = v.variant('ok', [
  v.object({ ok: v.literal(true), coordinates: Coordinates }),
  v.object({
    ok: v.literal(false),
    reason: v.picklist(['denied', 'blocked', 'unavailable', 'timeout', 'no-answer', 'unsupported']),
  }),
]);

export const LivenessReply = v.variant('status', [
  v.object({ status: v.literal('passed'), assertion: v.string() }),
  v.object({ status: v.literal('cancelled') }),
  v.object({
    status: v.literal('refused'),
    code: v.picklist([
      'liveness-failed',
      'camera-denied',
      'camera-missing',
      'camera-busy',
      'liveness-unavailable',
    ]),
    attemptsLeft: v.optional(v.pipe(v.number(), v.integer(), v.minValue(0))),
  }),
]);
