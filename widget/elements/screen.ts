import { LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import type { UserEvent } from '../flow/events.ts';
import type { Known, Screen, ScreenName } from '../flow/state.ts';
import type { Dictionary } from '../locales/index.ts';
import type { LivenessStage } from './liveness-stage.ts';
import { Parts } from './parts.ts';

/** What the shell gives a screen. */
export interface Given<Name extends ScreenName = ScreenName> {
  screen: Extract<Screen, { name: Name }>;
  known: Known;
  texts: Dictionary;
  /** Takes what the traveller does. */
  send: (event: UserEvent) => void;
  /** The server's clock, milliseconds since the epoch. */
  now: () => number;
  stage: LivenessStage;
}

/**
 * A screen shows what it is given. By property only: attributes and DOM events can be read by the
 * page around, and what a guest submits is identity (B7) — so events go to `send`, a function.
 */
export abstract class ScreenElement<Name extends ScreenName> extends LitElement {
  @property({ attribute: false }) given!: Given<Name>;

  constructor() {
    super();
    this.addController(new Parts(this));
  }

  protected get screen(): Given<Name>['screen'] {
    return this.given.screen;
  }

  protected get known(): Known {
    return this.given.known;
  }

  protected get texts(): Dictionary {
    return this.given.texts;
  }

  /** The server's clock, whole seconds since the epoch. */
  protected get at(): number {
    return Math.floor(this.given.now() / 1000);
  }

  protected send(event: UserEvent): void {
    this.given.send(event);
  }
}
