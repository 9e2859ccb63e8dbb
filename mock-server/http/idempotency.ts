import { createHash } from 'node:crypto';
import { Problem } from '../../widget/protocol/problems.ts';
import { seal, unseal } from '../store/sealing.ts';
import { isLiveGrant } from '../store/grants.ts';
import {
  claimIdempotencyKey,
  keepAnswer,
  releaseIdempotencyKey,
  takeOverIdempotencyKey,
  type IdempotencyEntry,
} from '../store/idempotency.ts';
import type { Store } from '../store/open-store.ts';

/** What a creating call answers; `grantId` is the grant in it, whose end is the answer's end. */
export interface Created {
  body: unknown;
  grantId?: string | undefined;
}

export interface IdempotentRequest {
  /** Key thumbprint, method and path: nobody meets another's keys. */
  scope: string;
  key: string;
  /** The body as sent; the DPoP header differs from try to try. */
  body: string;
  at: number;
  /** How long an answer may take: a request that is older answers nobody any more, or has died. */
  answerSeconds: number;
}

const label = 'answer';

/**
 * Carries a creating request out once for each `Idempotency-Key`. Refusals create nothing and are
 * not kept: the same key may try again.
 *
 * @throws `idempotency-conflict` when the key came with another body before, `unavailable` while
 *   the first request is still under way, `verification-required` when the grant in the answer
 *   has ended since
 */
export async function once(
  store: Store,
  sealKey: Buffer,
  request: IdempotentRequest,
  create: () => Promise<Created>,
): Promise<unknown> {
  const { scope, key, body, at, answerSeconds } = request;
  const fingerprint = createHash('sha256').update(body).digest('base64url');
  const entry = await claimIdempotencyKey(store, scope, key, fingerprint, at);
  if (entry) {
    if (entry.fingerprint !== fingerprint) throw new Problem('idempotency-conflict');
    const kept = await keptAnswer(store, sealKey, entry, at);
    if (kept !== undefined) return kept;
    const wait = waitFor(at - entry.startedAt, answerSeconds);
    if (wait > 0) throw underWay(wait);
    if (!(await takeOverIdempotencyKey(store, scope, key, entry.startedAt, at))) throw underWay(1);
  }
  try {
    const created = await create();
    const sealed = seal(sealKey, label, JSON.stringify(created.body));
    // Two answers to one key would be two outcomes: whoever has taken over gives the one.
    if (!(await keepAnswer(store, scope, key, at, sealed, created.grantId))) throw underWay(1);
    return created.body;
  } catch (thrown) {
    try {
      await releaseIdempotencyKey(store, scope, key, at);
    } catch {
      // What went wrong first is told; a claim that cannot be let go dies by itself.
    }
    throw thrown;
  }
}

const underWay = (retryAfter: number): Problem =>
  new Problem('unavailable', { detail: 'the first request is under way', retryAfter });

/**
 * Seconds until asking again helps; none when the first request is taken for dead. In its first second it is
 * about to be answered. After that its server has probably died, and coming back before it is known for dead
 * would be in vain: of whoever tries but a few times, each such try would be one lost.
 */
function waitFor(age: number, answerSeconds: number): number {
  return age < 1 ? 1 : Math.max(0, answerSeconds + 1 - age);
}

async function keptAnswer(
  store: Store,
  sealKey: Buffer,
  { answer, grantId }: IdempotencyEntry,
  at: number,
): Promise<unknown> {
  if (answer === null) return undefined;
  if (grantId !== null && !(await isLiveGrant(store, grantId, at))) {
    throw new Problem('verification-required');
  }
  const text = unseal(sealKey, label, answer);
  return text === undefined ? undefined : (JSON.parse(text) as unknown);
}
