import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { Bridge } from '../flow/bridge.ts';
import type { HostEvent } from '../flow/effects.ts';
import type { UserEvent } from '../flow/events.ts';
import type { Flow } from '../flow/flow.ts';
import { deepLinks, type DeepLink } from '../flow/state.ts';
import { loadDictionary, zh, type Dictionary, type Language } from '../locales/index.ts';
import { announcement } from './announcement.ts';
import { headingKey } from './arrival.ts';
import type { BoardingIdHeader } from './header.ts';
import { tellHost } from './host-events.ts';
import { HostStates, statesOf } from './host-states.ts';
import type { LivenessStage } from './liveness-stage.ts';
import { screenTemplate } from './screen-template.ts';
import { shellStyles } from './shell-styles.ts';
import { styles } from './styles.ts';
import { tokens } from './tokens.ts';
import { wayOut, wayOutStyles } from './way-out.ts';
import { windowStyles } from './window-styles.ts';

/** What drives the shell: the flow, and whoever draws the liveness check for it. */
export interface Composition {
  flow: Flow;
  stage: LivenessStage;
}

/**
 * `<boarding-id>`: the whole service, one screen at a time. This class shows a flow's state and
 * passes on what the traveller does; a subclass composes the flow (`define.ts`).
 *
 * @fires {CustomEvent<{ screen: DeepLink }>} boarding-id-opened - a visit begins
 * @fires {CustomEvent<{ screen: ScreenName }>} boarding-id-step-changed - another screen is shown
 * @fires {CustomEvent<{ validUntil: number }>} boarding-id-issued - a new proof: until when, seconds since the epoch
 * @fires {CustomEvent<{}>} boarding-id-code-shown - a code is on the screen
 * @fires {CustomEvent<{ code: RefusalCode }>} boarding-id-refused - something was refused
 * @fires {CustomEvent<{ code: HostErrorCode }>} boarding-id-error - something is wrong between host and component
 * @fires {CustomEvent<{ source: CloseSource }>} boarding-id-close-request - the traveller wants to leave; `preventDefault()` keeps the component open
 * @fires {CustomEvent<{ reason: CloseReason }>} boarding-id-closed - the last of a visit; nothing is shown any more until `open()`
 * @slot services - the host's other services, on the list 温馨服务
 * @slot refusal-* - what the host adds to a refusal, for each code of `boarding-id-refused`
 * @csspart header - the bar with the heading, between back and help
 * @csspart heading - the screen's heading
 * @csspart screen - the column below it
 * @csspart card - what belongs together: the form, the code with its facts, a service
 * @csspart notice - what to mind
 * @csspart primary-button - the one main action of a screen
 * @csspart button - other actions
 * @csspart text-button - lesser actions, without a border
 * @csspart field - what is typed or chosen
 * @csspart code - the white square with the code and the ring around it; its white is for scanners
 * @csspart way-out - the bar at the foot, with the paper windows
 * @cssState screen-services - the list of services is shown
 * @cssState screen-readiness - the one thing to mend first
 * @cssState screen-application - the form
 * @cssState screen-liveness - the check
 * @cssState screen-outcome - what it came to
 * @cssState screen-code - the code, or why there is none
 * @cssState screen-records - the applications of the last month
 * @cssState screen-help - notices and questions
 * @cssState offline - there is no network
 * @cssState code-live - the code is on the screen
 * @cssState scan-mode - it fills the page, on white
 * @attr data-state - the states again, separated by spaces, for engines without `:state()`; written, never read
 * @cssprop --boarding-id-accent - the host's one colour, any CSS colour: buttons, signs, the ring around the code; what is written on it and with it stays legible whatever it is
 * @cssprop --boarding-id-background - the ground of the page, kept light in the light theme and dark in the dark one
 * @cssprop --boarding-id-surface - the ground of cards, header and foot, likewise
 * @cssprop --boarding-id-font - the font families; the system's unless the host says otherwise
 * @cssprop --boarding-id-font-size - what all sizes hang on; `medium`, the size set in the browser, unless the host says otherwise
 * @cssprop --boarding-id-radius - how round cards are, buttons and fields in proportion: 1em unless the host says otherwise
 * @cssprop --boarding-id-min-height - 100dvh unless the host says otherwise
 */
export abstract class BoardingId extends LitElement {
  /** The issuer's origin; read when the component first appears. */
  @property() issuer = '';
  /** `zh` unless it begins with `en`. */
  @property() override lang = 'zh';
  /** `large` for travellers who need larger text; the styles hang on the attribute. */
  @property({ attribute: 'text-size', reflect: true }) textSize: 'normal' | 'large' = 'normal';
  /** The screen to open with, one of `deepLinks` (R2). */
  @property() screen: DeepLink = 'services';
  /** The host's `bid-session+jwt` for whoever is signed in. Set anew when that changes. */
  @property({ attribute: false }) session: () => Promise<string | undefined> = () =>
    Promise.resolve(undefined);
  /** A clock in place of the phone's, milliseconds since the epoch. */
  @property({ attribute: false }) clock: (() => number) | undefined;
  /**
   * To a native host (`boarding-id/bridge`). Best given before the component appears: given later, it
   * begins anew with it, and may have asked the browser for the place meanwhile.
   */
  @property({ attribute: false }) bridge: Bridge | undefined;

  @state() private texts: Dictionary | undefined;
  @query('boarding-id-header') private readonly header!: BoardingIdHeader | null;

  private readonly hostStates = new HostStates(this);
  private composition: Composition | undefined;
  private unsubscribe: (() => void) | undefined;
  private arrivedAt: string | undefined;
  /** The screen that `open()` was last asked for. */
  private asked: DeepLink | undefined;
  /** The host has just asked for a screen, so the focus goes there. */
  private wanted = false;
  /** From the end of a visit on nothing is shown. */
  @state() private closed = false;
  /** It was taken out of the page, so that coming back is opening. */
  private left = false;

  static override styles = [...tokens, styles, windowStyles, wayOutStyles, shellStyles];

  /**
   * Makes the flow and its ports.
   *
   * @param tell for the flow's `tellHost`; silent once another flow has taken its place
   */
  protected abstract createFlow(tell: (event: HostEvent) => boolean): Composition;

  /** @returns false when the host has something against it */
  protected tellHost(event: HostEvent): boolean {
    if (event.name === 'opened') this.closed = false;
    if (event.name === 'closed') this.closed = true;
    this.bridge?.tell(event);
    return tellHost(this, event);
  }

  /** Opens at a screen, by default the one of the attribute. */
  open(screen: DeepLink = this.screen): void {
    this.asked = known(screen);
    this.left = false;
    this.wanted = true;
    this.composition?.flow.open(this.asked);
  }

  /** Leaves: a guest's key and codes are dropped (R18). */
  close(): void {
    this.composition?.flow.close();
  }

  /** What the phone's own back button does; nothing after the end of a visit. */
  protected back(): void {
    if (!this.closed) this.composition?.flow.send({ type: 'back', source: 'host' });
  }

  /** Revokes what this phone may show and forgets it (R19). */
  async signOut(): Promise<void> {
    await this.composition?.flow.signOut();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.left) this.open();
  }

  /** Moved in the tree is not left: that takes a task (R18). */
  override disconnectedCallback(): void {
    super.disconnectedCallback();
    setTimeout(() => {
      if (this.isConnected || this.left) return;
      this.left = true;
      this.composition?.flow.close();
    });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('lang')) void this.loadTexts(this.language);
    // Not in connectedCallback: a framework may set the properties just after it.
    if (!this.composition || changed.has('bridge')) this.start();
    else if (changed.has('session')) this.composition.flow.sessionChanged();
  }

  protected override render() {
    const { texts, composition, send, now } = this;
    if (!texts || !composition || this.closed) return nothing;
    const { flow, stage } = composition;
    const { state } = flow;
    return html`<section lang=${texts.language}>
      <boarding-id-header
        part="header"
        exportparts="heading"
        .texts=${texts}
        .heading=${texts.headings[headingKey(state.screen)]}
        .helps=${state.screen.name !== 'help'}
        .send=${send}
      ></boarding-id-header>
      <div class="screen" part="screen">
        ${screenTemplate({ ...state, texts, send, now, stage })}
      </div>
      <p class="announcement" role="status">${announcement(state, texts)}</p>
      ${wayOut(state, texts) ?? nothing}
    </section>`;
  }

  protected override updated(): void {
    const { header, composition, wanted } = this;
    if (!composition) return;
    const { state } = composition.flow;
    this.hostStates.show(this.closed ? [] : statesOf(state));
    if (!header) return;
    const { screen } = state;
    const arrival = screen.name + headingKey(screen);
    if (arrival === this.arrivedAt && !wanted) return;
    this.arrivedAt = arrival;
    this.wanted = false;
    // Whoever is busy elsewhere keeps the focus, unless the host has asked for this screen.
    const isFree = document.activeElement === document.body && !isBusyAround();
    if (isFree || wanted || this.matches(':focus-within')) {
      void header.updateComplete.then(() => header.focusHeading());
    }
  }

  private get language(): Language {
    // A framework may set nothing at all in its place.
    return /^en/i.test(this.lang) ? 'en' : 'zh';
  }

  private readonly send = (event: UserEvent): void => this.composition?.flow.send(event);
  private readonly now = (): number => this.composition?.flow.serverNow() ?? 0;

  private start(): void {
    const former = this.composition;
    const composition = this.createFlow(
      (event) => this.composition !== composition || this.tellHost(event),
    );
    this.composition = composition;
    this.unsubscribe?.();
    former?.flow.close();
    this.unsubscribe = composition.flow.subscribe(() => this.requestUpdate());
    // A visit that has ended begins anew by `open()` alone.
    if (this.closed) return;
    composition.flow.open(this.asked ?? known(this.screen));
  }

  private async loadTexts(language: Language): Promise<void> {
    // Without the network a language may not come; Chinese is always at hand.
    const texts = await loadDictionary(language).catch(() => {
      this.tellHost({ name: 'error', code: 'texts-unavailable' });
      return zh;
    });
    if (language === this.language) this.texts = texts;
  }
}

/** A host may pass on what stands in its own address. */
const known = (screen: DeepLink): DeepLink => (deepLinks.includes(screen) ? screen : 'services');

/** In a frame, the focus would come out of the page around, which would scroll to the frame. */
const isBusyAround = (): boolean => window.parent !== window && !document.hasFocus();
