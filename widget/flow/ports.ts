import type { LivenessTransaction } from '../protocol/messages/holder.ts';
import type { Coordinates } from '../protocol/messages/holder.ts';
import type { LocationFailure, Obstacle, Platform } from './state.ts';
import type { RefusalCode } from './refusal.ts';
import type { Vault } from './vault.ts';

/** What the flow needs of the place it runs in. A browser fills them in `host/`, a test by hand. */
export interface Ports {
  /** The phone's clock, milliseconds since the epoch; may be wrong (B3). */
  now: () => number;
  /** Milliseconds since any fixed instant, by a clock that nobody can set; it may rest in sleep. */
  elapsed: () => number;
  /** Calls back once after `milliseconds`; the answer cancels. */
  after: (milliseconds: number, callback: () => void) => () => void;
  platform: Platform;
  /** For `Idempotency-Key` (RFC 9562, section 5.4). */
  randomUuid: () => string;
  send: (request: Request) => Promise<Response>;
  /**
   * The host's `bid-session+jwt`, or none when nobody is signed in. Rejects when it cannot be said
   * now, without a network for instance.
   */
  session: () => Promise<string | undefined>;
  /** False until the host has said how to ask: then a traveller is a guest, and the vault rests. */
  sessionGiven: () => boolean | Promise<boolean>;
  readiness: ReadinessPort;
  location: LocationPort;
  liveness: LivenessPort;
  vault: Vault;
  settings: SettingsPort;
  /** A sign in the hand, where the phone can give one: a proof was issued, or something was refused. */
  haptics: (kind: 'success' | 'failure') => void;
  page: PagePort;
}

/** What a phone's settings can be opened for. */
export type Settings = 'location' | 'camera';

export interface SettingsPort {
  /** A browser cannot; the host it runs in may. */
  able: () => Promise<boolean>;
  open: (of: Settings) => void;
}

export interface ReadinessPort {
  /** What this place lacks, found without asking the traveller anything (B4). */
  check: () => Promise<readonly Obstacle[]>;
}

export type LocationAnswer =
  { ok: true; coordinates: Coordinates } | { ok: false; reason: LocationFailure };

export interface LocationPort {
  /** Always answers: a watchdog stands behind platforms that never call back (R6). */
  locate: (signal: AbortSignal) => Promise<LocationAnswer>;
}

export type LivenessAnswer =
  | { status: 'passed'; assertion: string }
  | { status: 'cancelled' }
  | { status: 'refused'; code: RefusalCode; attemptsLeft?: number | undefined };

export interface LivenessPort {
  /**
   * Runs one transaction on the stage that the screen has handed over. A provider that cannot go on
   * without a camera answers `refused` with `camera-denied`, `camera-missing` or `camera-busy`, one that is
   * away with `liveness-unavailable`; the built-in stub never does.
   */
  run: (transaction: LivenessTransaction, signal: AbortSignal) => Promise<LivenessAnswer>;
}

/** The life of the page and of the other tabs of its origin. */
export interface PagePort {
  online: () => boolean;
  /** Listens until the signal aborts. */
  listen: (listeners: PageListeners, signal: AbortSignal) => void;
  /**
   * Scan mode begins or ends. A browser keeps the screen awake where it can; a host may also light it
   * and keep it from being captured.
   */
  scanMode: (on: boolean) => void;
  /** Seconds since the epoch that `leaveNote` was last given in this tab, be it before a reload. */
  note: () => number | undefined;
  leaveNote: (until: number | undefined) => void;
  /** Tells the other tabs that the user signed out. */
  tellSignedOut: () => void;
  /** Tells the other tabs of a grant that may have ended theirs; a registered user's lies in the vault. */
  tellGrantOpened: () => void;
}

export interface PageListeners {
  /** `pagehide`: a guest's key and pack go (R18). */
  left: () => void;
  /** Shown again: from the back/forward cache, or from the background. */
  returned: (fromBackForwardCache: boolean) => void;
  connectionChanged: (online: boolean) => void;
  signedOutElsewhere: () => void;
  grantOpenedElsewhere: () => void;
}
