import * as v from 'valibot';
import type { Call } from '../../protocol/calls.ts';
import { ProblemDocument, problemCodeOf, problemType } from '../../protocol/problems.ts';
import type { Refusal, RefusalCode } from '../refusal.ts';

/** What a call came to: its value, or why there is none. Never thrown. */
export type Answer<Value> = { ok: true; value: Value } | { ok: false; refusal: Refusal };

/** What a call answers; nothing where the contract says 204. */
export type Output<C extends Call> = C extends { response: infer Schema extends v.GenericSchema }
  ? v.InferOutput<Schema>
  : undefined;

export const refuse = (code: RefusalCode, details: Omit<Refusal, 'code'> = {}) =>
  ({ ok: false, refusal: { code, ...details } }) as const;

/**
 * Validates what came back for a call; sends nothing. A problem (RFC 9457) is known by its media
 * type, whatever its status: `review-pending` is a 202.
 */
export async function readAnswer<C extends Call>(
  call: C,
  response: Response,
): Promise<Answer<Output<C>>> {
  let text: string;
  try {
    text = await response.text();
  } catch {
    return refuse('no-connection');
  }
  const isProblem = response.headers.get('Content-Type')?.startsWith('application/problem+json');
  if (isProblem || !response.ok) return readRefusal(response, text);
  if (!call.response) return { ok: true, value: undefined as Output<C> };
  const read = v.safeParse(call.response, readJson(text));
  return read.success
    ? { ok: true, value: read.output as Output<C> }
    : refuse('unintelligible-answer');
}

function readRefusal(response: Response, text: string): { ok: false; refusal: Refusal } {
  const retryAfter = retryAfterOf(response);
  const read = v.safeParse(ProblemDocument, readJson(text));
  if (read.success && read.output.type === problemType(problemCodeOf(read.output))) {
    const { availableFrom, attemptsLeft } = read.output;
    return refuse(problemCodeOf(read.output), { availableFrom, retryAfter, attemptsLeft });
  }
  // Whoever stands before the issuer (a proxy, a balancer) speaks no problem documents.
  if (response.status === 429) return refuse('rate-limited', { retryAfter });
  if (response.status >= 500) return refuse('unavailable', { retryAfter });
  return refuse('unintelligible-answer');
}

/**
 * Seconds (RFC 9110, section 10.2.3). A date is read against the answer's own `Date`, since the
 * phone's clock may be wrong (B3); without one it says nothing.
 */
function retryAfterOf({ headers }: Response): number | undefined {
  const text = headers.get('Retry-After') ?? '';
  if (/^\d{1,6}$/.test(text)) return Number(text);
  const seconds = Math.ceil((Date.parse(text) - Date.parse(headers.get('Date') ?? '')) / 1000);
  return Number.isNaN(seconds) ? undefined : Math.max(0, seconds);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
