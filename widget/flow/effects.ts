import type {
  LivenessTransaction,
  PlaceFound,
  TypedIdentity,
} from '../protocol/messages/holder.ts';
import type { RefusalCode } from './refusal.ts';
import type { Lane } from './events.ts';
import type { Purpose, ScreenName } from './state.ts';

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
  /** Back from the first screen: the traveller leaves. */
  | { type: 'leave' }
  | { type: 'tell-host'; event: HostEvent };

/** What the host page is told, as DOM events `boarding-id-…`; none carries identity (B7). */
export type HostEvent =
  | { name: 'step-changed'; screen: ScreenName }
  /** A new proof: validUntil in seconds since the epoch. */
  | { name: 'issued'; validUntil: number }
  | { name: 'code-shown' }
  | { name: 'refused'; code: RefusalCode }
  | { name: 'closed'; reason: 'user' | 'host' };
