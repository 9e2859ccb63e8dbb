import type { Identity } from '../../widget/protocol/identity.ts';
import type { LivenessPrompt } from '../../widget/protocol/messages/holder.ts';

/** One liveness check, as the issuer orders it. */
export interface LivenessOrder {
  /** Whom the face must belong to: from the issuer, never from the page. */
  identity: Identity;
  /** Opaque reference to the person, repeated in the assertion. */
  reference: string;
  purpose: 'apply' | 'view';
  /** Of the holder's key. */
  thumbprint: string;
  nonce: string;
  /** Whole seconds since the epoch. */
  expiresAt: number;
}

/** Who makes sure that a living person, and the right one, is there now (R13). */
export interface LivenessProvider {
  /** Where its metadata says it listens. */
  address: string;
  /** `iss` of its assertions. */
  issuer: string;
  begin: (order: LivenessOrder) => Promise<{ address: string; prompts: LivenessPrompt[] }>;
}
