import type { BoardingId } from '../../widget/index.ts';
import type { DeepLink } from '../../widget/index.ts';

/** The names a host listens to; `closed` among them. */
export const eventNames = [
  'boarding-id-opened',
  'boarding-id-step-changed',
  'boarding-id-issued',
  'boarding-id-code-shown',
  'boarding-id-refused',
  'boarding-id-error',
  'boarding-id-close-request',
  'boarding-id-closed',
] as const;

export interface EmbeddedOptions {
  /** Of the element, so that the tile finds it. */
  id: string;
  issuer: string;
  /** Milliseconds since the epoch. */
  clock: () => number;
  /** Registers `<boarding-id>`; called when it is first needed. */
  define: () => Promise<unknown>;
  heard: (event: string) => void;
  /** The traveller went back from the component's first screen. */
  closed: () => void;
}

/** What the component is told each time the page is drawn. */
export interface EmbeddedSettings {
  language: string;
  largeText: boolean;
  session: () => Promise<string | undefined>;
}

/** The one `<boarding-id>` of this page: made when it is first needed, then kept. */
export class Embedded {
  readonly #options: EmbeddedOptions;
  #element: BoardingId | undefined;
  #settings: EmbeddedSettings | undefined;

  constructor(options: EmbeddedOptions) {
    this.#options = options;
  }

  apply(settings: EmbeddedSettings): void {
    this.#settings = settings;
    const element = this.#element;
    if (!element) return;
    element.lang = settings.language;
    element.textSize = settings.largeText ? 'large' : 'normal';
    element.session = settings.session;
  }

  /** Shows a screen of the component in `place`. */
  async show(screen: DeepLink, place: Element): Promise<void> {
    const element = await this.#load();
    if (element.parentElement === place) return element.open(screen);
    element.hidden = false;
    element.screen = screen;
    place.append(element);
  }

  /** Takes the component off the page: for a guest that is leaving (R18). */
  hide(): void {
    this.#element?.remove();
  }

  /** Signs out, even if the component was not opened since the page was loaded. */
  async signOut(): Promise<void> {
    const element = await this.#load();
    const wasThere = element.isConnected;
    if (!wasThere) {
      element.hidden = true;
      document.body.append(element);
      await element.updateComplete;
    }
    await element.signOut();
    if (!wasThere) element.remove();
  }

  async #load(): Promise<BoardingId> {
    await this.#options.define();
    if (this.#element) return this.#element;
    const element = document.createElement('boarding-id');
    element.id = this.#options.id;
    element.issuer = this.#options.issuer;
    element.clock = this.#options.clock;
    for (const name of eventNames) {
      element.addEventListener(name, () => this.#options.heard(name));
    }
    element.addEventListener('boarding-id-closed', ({ detail }) => {
      if (detail.reason !== 'host') this.#options.closed();
    });
    this.#element = element;
    if (this.#settings) this.apply(this.#settings);
    return element;
  }
}
