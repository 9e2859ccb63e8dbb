import type { ProblemCode } from '../protocol/problems.ts';

/** Why nothing came back that the issuer could be blamed for, or praised. */
export type ConnectionFailure =
  /** No connection, or it broke before the answer was complete. */
  | 'no-connection'
  /** An answer that is not of the contract. */
  | 'unintelligible-answer'
  /** The check was passed, but word of it reached the issuer too late. */
  | 'liveness-undelivered';

/** Why the liveness check could not be made at all. */
export type LivenessObstacle =
  'camera-denied' | 'camera-missing' | 'camera-busy' | 'liveness-unavailable';

/** What this browser lacks: keys are only made in a secure context (HTTPS). */
export type BrowserObstacle = 'keys-unavailable';

/** Everything the flow can be refused for: a closed list, each with its text and next step. */
export type RefusalCode = ProblemCode | ConnectionFailure | LivenessObstacle | BrowserObstacle;

/** These say nothing about what was asked for: asking again may bring the answer. */
export const mayPass: ReadonlySet<RefusalCode> = new Set([
  'no-connection',
  'unavailable',
  'unintelligible-answer',
  'rate-limited',
]);

/** A refusal as a screen shows it. Never identity. */
export interface Refusal {
  code: RefusalCode;
  /** When the same request would go through, seconds since the epoch. */
  availableFrom?: number | undefined;
  /** Seconds after which asking again helps. */
  retryAfter?: number | undefined;
  attemptsLeft?: number | undefined;
}
