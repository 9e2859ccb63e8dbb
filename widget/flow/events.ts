import type {
  ApplicationState,
  LivenessRequired,
  Me,
  Pack,
  PlaceFound,
  Records,
  TypedIdentity,
} from '../protocol/messages/holder.ts';
import type { Policy } from '../protocol/policy.ts';
import type { CloseSource } from './effects.ts';
import type { Settings } from './ports.ts';
import type { Refusal } from './refusal.ts';
import type { DeepLink, LocationFailure, Obstacle, Purpose, Showing } from './state.ts';

/** What a traveller does on a screen. */
export type UserEvent =
  | { type: 'open'; screen: DeepLink }
  /** By the screen's own button unless a source is named. */
  | { type: 'back'; source?: CloseSource }
  | { type: 'locate' }
  /** A guest types: nothing is sent. */
  | { type: 'fill-in'; identity: TypedIdentity }
  /** 立即申请 or 查看. A signed-in traveller's identity comes from the session. */
  | { type: 'submit'; purpose: Purpose; identity: TypedIdentity | undefined; consent: boolean }
  | { type: 'start-liveness' }
  /** 刷新 (R16) */
  | { type: 'refresh' }
  /** Look at the proof again after R17, by a new liveness check. */
  | { type: 'verify-again' }
  | { type: 'scan-mode'; on: boolean }
  | { type: 'open-settings'; of: Settings }
  /** On to the form, whatever stands in the way. */
  | { type: 'proceed' }
  /** Once more what was just refused. */
  | { type: 'retry' };

/** What an effect came back with. */
export type AnswerEvent =
  | { type: 'policy-known'; policy: Policy }
  /** Someone signed in, or nobody is any more. Whatever belonged to another user is gone by now. */
  | { type: 'session-known'; registered: boolean }
  | { type: 'readiness-known'; obstacles: readonly Obstacle[] }
  | { type: 'me-known'; me: Me | undefined }
  | { type: 'restored'; showing: Showing }
  /** What an earlier visit has left: the place, and that there is a guest's proof (R18). */
  | { type: 'recalled'; place: PlaceFound | undefined; guestProofUntil: number | undefined }
  | { type: 'storage-known'; refused: boolean }
  /** An application of this user was still under way when the page was last left. */
  | { type: 'application-found'; id: string }
  | { type: 'application-known'; id: string; application: ApplicationState }
  | { type: 'located'; place: PlaceFound }
  | { type: 'location-failed'; reason: LocationFailure }
  | { type: 'place-refused'; refusal: Refusal }
  | { type: 'liveness-required'; purpose: Purpose; required: LivenessRequired }
  | { type: 'liveness-passed'; assertion: string }
  /** The traveller closed the check before its end. */
  | { type: 'liveness-cancelled' }
  /** Whether the issuer has decided is not known: no answer came, or none that says anything. */
  | { type: 'unconfirmed'; purpose: Purpose; id: string; assertion: string; refusal: Refusal }
  | { type: 'shown'; outcome: 'issued' | 'existing'; showing: Showing }
  | { type: 'refreshed'; windows: Showing['windows']; pack: Pack }
  | { type: 'records-known'; records: Records }
  /** The effect that was under way in this lane did not succeed. */
  | { type: 'refused'; lane: Lane; refusal: Refusal };

/** What happens without anybody asking. */
export type WorldEvent =
  /**
   * Once a second while a grant is live, and when the page comes back to the front; `sure` unless
   * the phone's clock was set, or the phone slept, and the server's has not been asked since.
   */
  | { type: 'time-passed'; sure: boolean }
  | { type: 'connection-changed'; online: boolean }
  /** Whether the host can open the phone's settings. */
  | { type: 'settings-known'; able: boolean }
  /** A call of this lane takes long, or has ended after it did. */
  | { type: 'slowness'; lane: Lane; slow: boolean }
  /** The page was left (R18), or the host or another tab signed out (R19): nothing is kept. */
  | { type: 'forgotten'; because: 'left' | 'signed-out' };

export type FlowEvent = UserEvent | AnswerEvent | WorldEvent;

/**
 * Effects of one lane follow each other: a new one aborts the one before, and what that one would
 * still have answered is dropped.
 */
export type Lane =
  'start' | 'readiness' | 'location' | 'submission' | 'liveness' | 'codes' | 'records' | 'review';
