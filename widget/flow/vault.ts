import type { PlaceFound, Proof } from '../protocol/messages/holder.ts';

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
 * `write` answers false where the browser refuses; the flow then goes on by guest rules. Written as
 * `undefined`, what was kept of the user is taken out.
 */
export interface Vault {
  /** Nothing, too, where the browser has no storage. */
  read: () => Promise<VaultContent | undefined>;
  /** False, too, where it cannot be looked into: that is no sign that anything was cleared. */
  isEmpty: () => Promise<boolean>;
  write: (content: VaultContent | undefined) => Promise<boolean>;
  /** The place last found, a guest's too: its paper windows are shown without a network. */
  readPlace: () => Promise<PlaceFound | undefined>;
  writePlace: (place: PlaceFound) => Promise<boolean>;
  /** Whether the browser would keep a key of a registered user; nothing of it stays. */
  keeps: (key: CryptoKey) => Promise<boolean>;
  /** Everything; false where the browser refuses, which has then kept nothing or gives nothing up. */
  clear: () => Promise<boolean>;
}
