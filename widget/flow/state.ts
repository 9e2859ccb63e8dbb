import type {
  LivenessTransaction,
  MaskedIdentity,
  Me,
  PlaceFound,
  Proof,
  Records,
  TypedIdentity,
} from '../protocol/messages/holder.ts';
import type { Policy } from '../protocol/policy.ts';
import type { Lane } from './events.ts';
import type { Refusal } from './refusal.ts';

/** A code and when it holds; whole seconds since the epoch, on the server's clock. */
export interface CodeWindow {
  code: string;
  from: number;
  until: number;
}

/** A live grant and what it lets the holder show. */
export interface Showing {
  proof: Proof;
  /** Unknown after a reload until the network is back: masked identity is not kept at rest (B7). */
  holder: MaskedIdentity | undefined;
  /** When liveness is asked for again (R17), seconds since the epoch. */
  grantExpiresAt: number;
  /** In order of time. */
  windows: readonly CodeWindow[];
  /** The issuer has ended the grant before its time: verified elsewhere, or signed out. */
  endedEarly?: true;
}

/** Whose settings help is given for. */
export type Platform = 'android' | 'ios' | 'desktop';

/**
 * What is looked at before the form is filled in (B4), in the order in which it is named, one at a
 * time. A wrong clock stands in nobody's way (B3): the form mentions it.
 */
export const obstacles = [
  'insecure-context',
  'keys-unavailable',
  'location-unsupported',
  'location-withheld',
  'location-blocked',
  'camera-withheld',
  'camera-missing',
  'camera-blocked',
  /** Of a registered user only: a guest's key and codes are never stored. */
  'storage-refused',
  'clock-wrong',
  'offline',
] as const;
export type Obstacle = (typeof obstacles)[number];
export type StoppingObstacle = Exclude<Obstacle, 'clock-wrong'>;

/**
 * denied: this time, so asking again can help; blocked: only the settings can; withheld: only the host;
 * unanswered: as far as is known, the browser's question still stands.
 */
export type LocationFailure =
  | 'denied'
  | 'blocked'
  | 'withheld'
  | 'unavailable'
  | 'timeout'
  | 'unanswered'
  | 'no-answer'
  | 'unsupported';

export type Location =
  | { status: 'unasked' }
  | { status: 'asking' }
  | { status: 'found'; place: PlaceFound }
  | { status: 'failed'; reason: LocationFailure }
  /** The phone knows where it is, but the issuer could not be asked which city that is. */
  | { status: 'unnamed'; refusal: Refusal };

/** What the traveller is proving themselves for. */
export type Purpose = 'apply' | 'view';

/** What the flow knows whatever the screen. */
export interface Known {
  platform: Platform;
  /** The issuer's, once its metadata has come. */
  policy: Policy;
  /** Whether the host says that someone is signed in; undefined until it has answered. */
  registered: boolean | undefined;
  /** What the issuer says of whoever is signed in. */
  me: Me | undefined;
  location: Location;
  online: boolean;
  /** The host can open the phone's settings, so a button does what a text would explain. */
  opensSettings: boolean;
  /** Lanes whose call to the issuer has been under way for longer than one likes to wait. */
  slow: readonly Lane[];
  /** What stands in the way, and what of it the traveller goes on in spite of. */
  obstacles: readonly Obstacle[];
  overlooked: readonly StoppingObstacle[];
  /** The place last found, on an earlier visit perhaps: where the paper windows are. */
  lastPlace: PlaceFound | undefined;
  /** What a guest has typed, so that coming back to the form finds it; gone when the page is left. */
  draft: TypedIdentity | undefined;
  /** What a guest has sent and confirmed to be their own; gone when the page is left. */
  confirmed: TypedIdentity | undefined;
  /** The end of a guest's proof whose code went when the page was left (R18). */
  guestProofUntil: number | undefined;
  /** The browser keeps nothing for a registered user, so that a guest's rules hold (R18). */
  storageRefused: boolean;
  showing: Showing | undefined;
  /** The application of this phone that a review is to decide. */
  underReview: string | undefined;
}

export type Screen =
  | { name: 'services' }
  /** In place of the form, while something has to be mended first (B4). */
  | { name: 'readiness'; obstacle: StoppingObstacle; checking: boolean }
  | {
      name: 'application';
      /** What has been asked of the issuer and not been answered yet. */
      busy: Purpose | undefined;
      /** What the issuer, or the form's own check, has against the last attempt. */
      refusal: Refusal | undefined;
    }
  | {
      name: 'liveness';
      purpose: Purpose;
      /** Of the application or the view. */
      id: string;
      transaction: LivenessTransaction;
      /** explain: what will happen and why; running: the provider has the stage. */
      step: 'explain' | 'running';
    }
  | {
      name: 'outcome';
      purpose: Purpose;
      outcome:
        /** For the answer to a check, of the application or view `id`. */
        | { status: 'waiting'; id: string }
        /**
         * The check is passed and handed in, but no answer has come: the issuer may have decided. The
         * same assertion again gets the same outcome, so nothing is lost and nothing is done twice (B6).
         */
        | { status: 'unconfirmed'; id: string; assertion: string; refusal: Refusal }
        /** Of the application, for asking again. */
        | { status: 'pending'; id: string }
        /** Approved while nobody looked: the code needs a check of its own. */
        | { status: 'approved' }
        | { status: 'refused'; refusal: Refusal };
    }
  | {
      name: 'code';
      /** live: a code is shown; the others say why none is. */
      status: 'live' | 'verification-required' | 'proof-ended';
      refreshing: boolean;
      /** Why the last 刷新 brought no new code, if it did not. */
      refusal: Refusal | undefined;
      /** Full screen, bright, awake. */
      scan: boolean;
      /** An application found this proof still valid and used nothing (R7, R11). */
      existing?: true;
    }
  | {
      name: 'records';
      records: Records | undefined;
      refusal: Refusal | undefined;
      behind: Screen;
    }
  | { name: 'help'; behind: Screen };

export type ScreenName = Screen['name'];

/** What is refused on this screen, if anything is. */
export function refusalOf(screen: Screen): Refusal | undefined {
  if (screen.name === 'outcome') {
    return screen.outcome.status === 'refused' ? screen.outcome.refusal : undefined;
  }
  return 'refusal' in screen ? screen.refusal : undefined;
}

/** A code is on the screen. */
export const showsCode = ({ screen }: State): boolean =>
  screen.name === 'code' && screen.status === 'live';

/** The screens that a host can open by name (R2). */
export const deepLinks = ['services', 'application', 'code', 'records', 'help'] as const;
export type DeepLink = (typeof deepLinks)[number];

export interface State {
  known: Known;
  screen: Screen;
}
