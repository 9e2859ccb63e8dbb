import type { Identity } from '../../widget/protocol/identity.ts';

/** Where verified identities of signed-in users are looked up. */
export interface IdentitySource {
  /** `undefined` for a reference that nobody stands behind. */
  find: (reference: string) => Promise<Identity | undefined>;
}
