import type { UserEvent } from './events.ts';
import type { DeepLink, State } from './state.ts';

/** What screens see of the flow: frozen snapshots out, events in, nothing optimistic. */
export interface Flow {
  /** Deeply frozen; another object exactly when something has changed. */
  readonly state: State;
  /** Called after each change; the answer unsubscribes. */
  subscribe: (listener: () => void) => () => void;
  /** What the traveller does. An event that means nothing on the present screen changes nothing. */
  send: (event: UserEvent) => void;
  /** The server's clock as far as it is known, milliseconds since the epoch (B3). */
  serverNow: () => number;
  /** Opens the component at a screen (R1, R2) and loads what it needs. */
  open: (screen: DeepLink) => void;
  /** The host leaves: a guest's key, grant and pack are gone (R18), a registered user's rest (R19). */
  close: () => void;
  /** Revokes this key's grants as far as the network allows, and forgets everything (R19). */
  signOut: () => Promise<void>;
  /** The host says that someone else, or nobody, is signed in now. */
  sessionChanged: () => void;
}
