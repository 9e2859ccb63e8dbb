import * as v from 'valibot';
import { readAnswer, refuse, type Answer } from '../flow/issuer-client/answer.ts';
import type { LivenessPrompt } from '../protocol/messages/holder.ts';

/** What the stub says it has done. No picture is in it: nobody would look at one. */
export interface LivenessAttempt {
  camera: boolean;
  prompts: LivenessPrompt[];
}

/** Passed, or how often it may be tried again. */
const AttemptAnswer = v.union([
  v.object({ assertion: v.string() }),
  v.object({ attemptsLeft: v.number() }),
]);
export type AttemptAnswer = v.InferOutput<typeof AttemptAnswer>;

const attemptCall = { method: 'POST', path: '', by: [], response: AttemptAnswer } as const;

/** A provider that does not answer must not keep the traveller waiting for good. */
const timeoutMilliseconds = 15_000;

/** Hands an attempt to the stub's provider, at the address that the transaction names. */
export async function sendAttempt(
  provider: string,
  attempt: LivenessAttempt,
  send: (request: Request) => Promise<Response>,
  signal: AbortSignal,
): Promise<Answer<AttemptAnswer>> {
  const controller = new AbortController();
  const abort = () => controller.abort();
  const timeout = setTimeout(abort, timeoutMilliseconds);
  signal.addEventListener('abort', abort);
  try {
    const response = await send(
      new Request(provider, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(attempt),
        credentials: 'omit',
        cache: 'no-store',
        signal: controller.signal,
      }),
    );
    return await readAnswer(attemptCall, response);
  } catch {
    return refuse('no-connection');
  } finally {
    clearTimeout(timeout);
    signal.removeEventListener('abort', abort);
  }
}
