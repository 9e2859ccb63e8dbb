import type { HostEvent } from './effects.ts';
import type { Ports } from './ports.ts';
import type { DeepLink } from './state.ts';

/** A native host, as far as the component may use it (B5). Neither identity nor a key crosses it (B7). */
export interface Bridge {
  /** The browser's ports, with the host's in their place wherever it has said that it can. */
  portsOver: (browser: Ports) => Ports;
  tell: (event: HostEvent) => void;
  /** Hears what the host asks of the component; the last that attends is asked. */
  attend: (commands: HostCommands) => void;
  /** False when the host has not said in time what it can do: the browser does all of it. */
  answers: () => Promise<boolean>;
}

/** What a host can ask for at any time: the element's own methods, and the phone's back button. */
export interface HostCommands {
  open: (screen: DeepLink) => void;
  close: () => void;
  signOut: () => void;
  /** As the screen's own back button. */
  back: () => void;
  /** Someone else, or nobody, is signed in now. */
  sessionChanged: () => void;
}
