import type {
  LivenessTransaction,
  PlaceFound,
  TypedIdentity,
} from '../protocol/messages/holder.ts';
import type { RefusalCode } from './refusal.ts';
import type { Lane } from './events.ts';
import type { Settings } from './ports.ts';
import type { DeepLink, Purpose, ScreenName } from './state.ts';

/** What the transition function asks the runner to do. */
export type Effect =
  | { type: 'check-readiness'; lane: 'readiness' }
  | { type: 'locate'; lane: 'location' }
  | {
      type: 'submit';
      lane: 'submission';
      purpose: Purpose;
      identity: TypedIdentity | undefined;
      consent: boolean;
      /** Id of the place found; empty when looking only. */
      place: string;
    }
  | { type: 'run-liveness'; lane: 'liveness'; transaction: LivenessTransaction }
  | {
      type: 'complete';
      lane: 'submission';
      purpose: Purpose;
      id: string;
      assertion: string;
      /** Seconds to wait before. */
      after: number;
    }
  | { type: 'refresh-codes'; lane: 'codes' }
  | { type: 'load-me'; lane: 'start' }
  | { type: 'load-records'; lane: 'records' }
  /** Ask for the outcome of an application: at once, or after a pause that grows from time to time. */
  | { type: 'ask-outcome'; lane: 'review'; id: string; after: 'nothing' | 'a-pause' }
  /** Abort whatever is under way in these lanes. */
  | { type: 'abandon'; lanes: readonly Lane[] }
  /** For the next visit: where the paper windows are. */
  | { type: 'keep-place'; place: PlaceFound }
  /** For the next visit of this tab: that a guest's proof is valid until then, or is not. */
  | { type: 'leave-note'; guestProofUntil: number | undefined }
  /** The grant has run out: key, grant and pack are dropped, the session stays. */
  | { type: 'drop-grant' }
  /** Back from the first screen: the traveller leaves, unless the host has something against it. */
  | { type: 'leave'; source: CloseSource }
  | { type: 'open-settings'; of: Settings }
  | { type: 'tell-host'; event: HostEvent };

/** What the host page is told, as DOM events `boarding-id-…`; none carries identity (B7). */
export type HostEvent =
  | { name: 'opened'; screen: DeepLink }
  | { name: 'step-changed'; screen: ScreenName }
  /** A new proof: validUntil in seconds since the epoch. */
  | { name: 'issued'; validUntil: number }
  | { name: 'code-shown' }
  | { name: 'refused'; code: RefusalCode }
  | { name: 'error'; code: HostErrorCode }
  /** The traveller wants to leave; a host that says no keeps the component open. */
  | { name: 'close-request'; source: CloseSource }
  /** The last of a visit. */
  | { name: 'closed'; reason: CloseReason };

/** screen: the component's own back button; host: that of the app or of the phone, over the bridge. */
export type CloseSource = 'screen' | 'host';

/**
 * host: the host closed it or took it out of the page. The traveller left in all other cases: with a code
 * (finished), with a refusal and no code (refused), or with neither (user).
 */
export type CloseReason = 'user' | 'finished' | 'refused' | 'host';

/** What went wrong between host and component, for the host's developers: a closed list. */
export type HostErrorCode =
  /** `issuer` is no address: nothing can be applied for. */
  | 'issuer-invalid'
  /** The bridge's host did not say in time what it can do, or said it in another shape. */
  | 'host-silent'
  /** `session` failed or did not answer in time; whoever was known goes on being known. */
  | 'session-unavailable'
  /** `session` gave something that is no `bid-session+jwt`; the traveller is a guest. */
  | 'session-unreadable'
  /** The frame lacks `allow`, or the page's `Permissions-Policy` names no such thing. */
  | 'location-withheld'
  | 'camera-withheld'
  /** The browser keeps nothing, so that a registered user's code will not survive a reload. */
  | 'storage-refused'
  /** The chunk of the language did not come; Chinese stands in. */
  | 'texts-unavailable';
