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
}

/** After so many seconds without an answer, the first request is taken for dead. */
const deadAfterSeconds = 30;

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
  const { scope, key, body, at } = request;
  const fingerprint = createHash('sha256').update(body).digest('base64url');
  const entry = await claimIdempotencyKey(store, scope, key, fingerprint, at);
  if (entry) {
    if (entry.fingerprint !== fingerprint) throw new Problem('idempotency-conflict');
    const kept = await keptAnswer(store, sealKey, entry, at);
    if (kept !== undefined) return kept;
    const isDead = at - entry.startedAt > deadAfterSeconds;
    if (!isDead || !(await takeOverIdempotencyKey(store, scope, key, entry.startedAt, at))) {
      throw new Problem('unavailable', { detail: 'the first request is under way', retryAfter: 1 });
    }
  }
  try {
    const created = await create();
    const sealed = seal(sealKey, label, JSON.stringify(created.body));
    await keepAnswer(store, scope, key, sealed, created.grantId);
    return created.body;
  } catch (thrown) {
    await releaseIdempotencyKey(store, scope, key);
    throw thrown;
  }
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
