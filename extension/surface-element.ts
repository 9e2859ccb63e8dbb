import { html, LitElement, nothing, type CSSResult, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import type { DeepLink, RefusalCode, ScreenName } from '../widget/index.ts';
import type { Language } from '../widget/locales/index.ts';
import type { Acting } from './acting.ts';
import type { BoardingIdInExtension, Surface } from './element.ts';
import type { Options } from './stored-options.ts';
import type { ProofTimes } from './stored-times.ts';
import type { Stored } from './stored.ts';
import { surfaceStyles } from './surface-styles.ts';
import { textIn, type TextKey } from './texts.ts';

/** What a surface needs of the extension it stands in. */
export interface SurfaceGiven {
  acting: Acting;
  times: Stored<ProofTimes | undefined>;
  /** The same function for the same user. */
  sessionOf: (signedIn: Options['signedIn']) => () => Promise<string | undefined>;
  /** Brings the surface that acts to the front. */
  goWhereActing: () => void;
  openOptions: () => void;
}

/** What is refused to whoever is not signed in, or not any more. */
const wantsSignIn: readonly RefusalCode[] = ['session-required', 'session-expired'];

/** What popup, page and panel share: the component as the traveller has set it, and who acts. */
export abstract class SurfaceElement extends LitElement {
  /** Before it appears, and once. */
  abstract given: SurfaceGiven;
  @property({ attribute: false }) options!: Options;
  @property({ attribute: false }) language: Language = 'zh';

  @state() protected actsElsewhere = false;
  /** Where the component is. */
  @state() protected screen: ScreenName | undefined;
  @query('boarding-id') protected readonly component!: BoardingIdInExtension | null;

  private connection = new AbortController();

  static override styles: CSSResult[] = surfaceStyles;

  /** What the component asks of this surface. */
  protected abstract surface(): Surface;

  /** Whether the traveller sees a code here. */
  get showsCode(): boolean {
    return this.component?.showsCode === true && document.visibilityState === 'visible';
  }

  /** Whether it has one, be it seen at this moment or not. */
  get hasCode(): boolean {
    return this.component?.hasCode === true;
  }

  /** Somebody has called it to be at a screen. */
  open(screen: DeepLink): void {
    this.component?.open(screen);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.connection = new AbortController();
    this.attend(this.connection.signal);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.connection.abort();
  }

  /** Listens to what goes on outside, until the signal aborts. */
  protected attend(signal: AbortSignal): void {
    this.given.acting.watch((elsewhere) => {
      this.actsElsewhere = elsewhere;
    }, signal);
  }

  protected readonly text = (key: TextKey, ...given: (string | number)[]): string =>
    textIn(this.language, key, ...given);

  /** @param screen to begin with */
  protected boardingId(screen: DeepLink, isHidden = false): TemplateResult {
    const { issuer, signedIn } = this.options;
    // Whoever issues is asked once for all: another issuer begins anew.
    return html`${keyed(
      issuer,
      html`<boarding-id
        .surface=${this.surface()}
        .issuer=${issuer}
        .session=${this.given.sessionOf(signedIn)}
        .screen=${screen}
        lang=${this.language}
        ?hidden=${isHidden}
        @boarding-id-step-changed=${this.stepped}
        @boarding-id-close-request=${this.leaving}
        >${wantsSignIn.map((refused) => this.waysToSignIn(refused))}</boarding-id
      >`,
    )}`;
  }

  /** What is said above the component, which is read out as it comes. */
  protected notices(...notices: (TemplateResult | typeof nothing)[]): TemplateResult {
    return html`<div class="notices" role="status">${notices}</div>`;
  }

  protected elsewhereNotice(): TemplateResult | typeof nothing {
    if (!this.actsElsewhere) return nothing;
    return html`<div class="bar">
      <p>${this.text('surfaceElsewhere')}</p>
      <button @click=${this.given.goWhereActing}>${this.text('surfaceGoThere')}</button>
    </div>`;
  }

  /** The component knows of no settings: where the sign-in is, whoever carries it has to say. */
  private waysToSignIn(refused: RefusalCode): TemplateResult {
    return html`<div class="sign-in" slot="refusal-${refused}">
      <p>${this.text('surfaceSignIn')}</p>
      <button @click=${this.given.openOptions}>${this.text('surfaceOpenOptions')}</button>
    </div>`;
  }

  /** Back from the first screen. The component stays: whatever takes its place takes it out. */
  protected abstract leave(): void;

  private readonly leaving = (event: Event): void => {
    event.preventDefault();
    this.leave();
  };

  private readonly stepped = ({ detail }: CustomEvent<{ screen: ScreenName }>): void => {
    this.screen = detail.screen;
  };
}
