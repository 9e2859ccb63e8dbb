import type { Policy } from '../../widget/protocol/policy.ts';
import type { Secrets } from '../store/secrets.ts';
import type { OpenStore } from '../store/open-store.ts';
import type { IdentitySource } from './identity-source.ts';
import type { Keyring } from './keyring.ts';
import type { LivenessProvider } from './liveness-provider.ts';
import type { Places } from './places.ts';

/** What the issuer's rules work with; every file beside this one is one thing it does. */
export interface Issuer {
  /** The public origin, as `iss` and `aud` of tokens. */
  origin: string;
  store: OpenStore;
  policy: Policy;
  secrets: Secrets;
  keyring: Keyring;
  /** Who makes sure that a living person is there. */
  livenessProvider: LivenessProvider;
  /** Whose sessions are taken: `iss` of the host app. */
  hostApp: string;
  /** Reads the verified identity that a host's session refers to. */
  identities: IdentitySource;
  places: Places;
  /** Where people can sign in, with whoever plays the host app too; none with a real issuer. */
  mockSignIn?: string;
  /** Cryptographically random bytes. */
  random: (length: number) => Buffer;
  /** Told of each proof, once it stands in the store. */
  proofIssued: () => void;
}

/** Who asks, proven by the time a rule is asked. One instant is read a request and passed down. */
export interface Caller {
  /** Whole seconds since the epoch. */
  at: number;
  /** Thumbprint of the holder's key (RFC 7638). */
  thumbprint: string;
  session?: HostSession | undefined;
}

/** A host app's word for who is signed in. */
export interface HostSession {
  user: string;
  /** Refers to the verified identity; opaque outside the issuer's side. */
  identity: string;
}
