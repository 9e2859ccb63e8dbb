import type { Proof } from '../protocol/messages/holder.ts';

/** A registered user's key and grant, as kept at rest. No name and no ID digit is among it (B7). */
export interface VaultContent {
  /** The host's reference to the user, so that nobody is shown another's code. */
  user: string;
  /** Non-extractable ES256 pair. */
  key: CryptoKeyPair;
  grant: StoredGrant | undefined;
  /** The application under way, for resuming (B6). */
  application: string | undefined;
}

export interface StoredGrant {
  token: string;
  expiresAt: number;
  proof: Proof;
  codes: string[];
  /** Server's clock minus the phone's, milliseconds, when the pack came. */
  clockOffset: number;
}

/**
 * Where a registered user's key and grant rest between visits. A guest's never go in (R18).
 * `write` answers false where the browser refuses; the flow then goes on by guest rules.
 */
export interface Vault {
  /** Nothing, too, where the browser has no storage. */
  read: () => Promise<VaultContent | undefined>;
  /** False, too, where it cannot be looked into: that is no sign that anything was cleared. */
  isEmpty: () => Promise<boolean>;
  write: (content: VaultContent) => Promise<boolean>;
  /** False where the browser refuses; it has then not kept anything either, or will not give it up. */
  clear: () => Promise<boolean>;
}
