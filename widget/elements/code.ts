import { html, nothing, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import { secondsLeft, windowAt } from '../flow/code-clock.ts';
import type { CodeWindow, Showing } from '../flow/state.ts';
import { codeFacts, factStyles, minutesLeft } from './code-facts.ts';
import { codeStyles } from './code-styles.ts';
import { countdownRing, ringStyles } from './countdown-ring.ts';
import { recordsLink } from './records-link.ts';
import { refusalNotice } from './refusal-text.ts';
import { result, resultStyles } from './result.ts';
import { ScreenElement } from './screen.ts';
import { SecondTick } from './second-tick.ts';
import { clock } from './shanghai-format.ts';
import { slowLine } from './slow-line.ts';
import { styles } from './styles.ts';
import { ticking, tickingStyles, writeSecond } from './ticking.ts';
import { whyHidden } from './why-hidden.ts';

/** After so long an identity that was shown is masked again: a glance, not a lasting display. */
const shownSeconds = 5;

/** `<boarding-id-code>`: the code that changes by itself, and why when there is none (R15–R22). */
export class BoardingIdCode extends ScreenElement<'code'> {
  /** Seconds since the epoch. */
  @state() private shownUntil = 0;
  private fillsScreen = false;
  private drawnFor = '';
  @query('dialog') private readonly dialog!: HTMLDialogElement | null;

  static override styles = [
    styles,
    resultStyles,
    ringStyles,
    factStyles,
    tickingStyles,
    codeStyles,
  ];

  constructor() {
    super();
    this.addController(
      new SecondTick(
        this,
        () => this.given.now(),
        () => this.tick(),
      ),
    );
  }

  override render() {
    this.drawnFor = this.timeDependent();
    const { screen, known, texts } = this;
    const t = texts.code;
    if (screen.status === 'verification-required') {
      return html`${this.instead(
        whyHidden(known, texts),
        screen.refreshing ? t.verifying : t.verify,
        () => this.send({ type: 'verify-again' }),
      )}
      ${slowLine('submission', this.given)} ${refusalNotice(screen.refusal, texts)}`;
    }
    if (screen.status === 'proof-ended') {
      return this.instead(t.endedText, t.applyAgain, () =>
        this.send({ type: 'open', screen: 'application' }),
      );
    }
    const { showing } = known;
    if (!showing) return html`<p class="card">${texts.loading}</p>`;
    const current = windowAt(showing.windows, this.given.now());
    return html`<section class="card ticket">
        <div class="holder">${this.holder(showing)}<span class="valid">${t.valid}</span></div>
        ${current ? this.code(current) : html`<p class="notice">${t.empty}</p>`}
        <div class="actions">
          <button
            aria-disabled=${screen.refreshing ? 'true' : 'false'}
            @click=${() => this.send({ type: 'refresh' })}
          >
            ${screen.refreshing ? t.refreshing : t.refresh}
          </button>
          <button class="main" @click=${() => this.send({ type: 'scan-mode', on: true })}>
            ${t.scan}
          </button>
        </div>
        ${screen.refreshing ? slowLine('codes', this.given) : nothing} ${this.notices(showing)}
        <hr />
        ${codeFacts(showing, this.at, texts)} ${this.leaving()}
      </section>
      ${this.renewal(showing)}
      <p class="muted">${t.uses}</p>
      ${recordsLink(this.given)} ${screen.scan && current ? this.scan(current) : nothing}`;
  }

  override updated(): void {
    if (!this.isConnected || !this.dialog) {
      void this.leaveFullScreen();
      return;
    }
    if (this.dialog.open) return;
    this.dialog.showModal();
    void this.fillScreen(this.dialog.firstElementChild);
  }

  private tick(): void {
    if (this.timeDependent() !== this.drawnFor) return this.requestUpdate();
    const { showing } = this.known;
    const now = this.given.now();
    const current = showing && windowAt(showing.windows, now);
    if (!current) return;
    const whole = current.until - current.from;
    // A window shown a moment before it opens has no more than its whole time left.
    const left = Math.min(whole, secondsLeft(current, now));
    writeSecond(this.renderRoot, { left, clock: clock(this.at).slice(-2), part: left / whole });
  }

  /** All that time changes on the screen, but for what each second does. */
  private timeDependent(): string {
    const { at, known, shownUntil } = this;
    const { showing } = known;
    if (!showing) return '';
    const { windows, grantExpiresAt, proof } = showing;
    return [
      windowAt(windows, this.given.now())?.from,
      Math.floor(at / 60),
      minutesLeft(at, grantExpiresAt),
      minutesLeft(at, windows.at(-1)?.until ?? at),
      at < proof.renewFrom,
      at < shownUntil,
    ].join();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener('fullscreenchange', this.screenChanged);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener('fullscreenchange', this.screenChanged);
    void this.leaveFullScreen();
  }

  /** Escape in the full screen is the browser's, and ends that alone: who pressed it wants out. */
  private readonly screenChanged = (): void => {
    if (this.fillsScreen && !document.fullscreenElement) void this.leaveScan();
  };

  /** Without the browser's bars, where it allows that; the dialog fills the page in any case. */
  private async fillScreen(content: Element | null): Promise<void> {
    try {
      // Browsers refuse it to a dialog itself.
      await content?.requestFullscreen();
    } catch {
      return;
    }
    this.fillsScreen = true;
    // Left while the browser was still at it.
    if (!this.dialog) await this.leaveFullScreen();
  }

  /** Until it is left, nothing outside of it can have the focus. */
  private async leaveFullScreen(): Promise<void> {
    if (!this.fillsScreen) return;
    this.fillsScreen = false;
    // A dialog that is gone has ended it already.
    if (document.fullscreenElement) await document.exitFullscreen().catch(() => undefined);
  }

  /**
   * Masked; what a guest has typed can be shown for a moment. A registered user's never came here (R4).
   */
  private holder({ holder }: Showing): TemplateResult {
    const { confirmed } = this.known;
    const t = this.texts.code;
    const shown = confirmed !== undefined && this.at < this.shownUntil;
    const { name, number } = shown ? confirmed : { name: t.holderUnknown, number: '', ...holder };
    const press = (): void => {
      this.shownUntil = shown ? 0 : this.at + shownSeconds;
    };
    return html`<div>
        <p class="name">${name}</p>
        <p class="muted number">${number}</p>
      </div>
      ${
        confirmed
          ? html`<button
              class="quiet"
              aria-label=${shown ? t.hide : t.showLabel}
              aria-pressed=${shown ? 'true' : 'false'}
              @click=${press}
            >
              ${shown ? t.hide : t.show}
            </button>`
          : nothing
      }`;
  }

  /** What leaving the page costs, where it costs the code (R18). */
  private leaving() {
    const { registered, storageRefused } = this.known;
    const t = this.texts.code;
    if (registered && !storageRefused) return nothing;
    return html`<p class="muted">${registered ? t.storageRefused : t.guestRule}</p>`;
  }

  /** R11: from 3 hours before the end the next proof can be applied for. */
  private renewal({ proof }: Showing) {
    if (this.at < proof.renewFrom) return nothing;
    return html`<button @click=${() => this.send({ type: 'open', screen: 'application' })}>
      ${this.texts.code.renew}
    </button>`;
  }

  /** QR, ring, seconds left, and what a screenshot cannot do: move, and tell the time. */
  private code(current: CodeWindow): TemplateResult {
    const t = this.texts.code;
    const next = this.known.showing?.windows.find(({ from }) => from > current.from);
    return html`<div class="symbol">
        <boarding-id-qr
          .code=${current.code}
          .next=${next?.code ?? ''}
          .label=${t.qr}
        ></boarding-id-qr>
        ${countdownRing()}
      </div>
      <p class="left" role="timer">
        <strong>${ticking('left')}&nbsp;${t.seconds}</strong> ${t.rotates}
      </p>
      ${this.movingMark()}`;
  }

  private movingMark(): TemplateResult {
    return html`<p class="moving">
      <span class="track" aria-hidden="true"><span class="train"></span></span>
      <span
        ><strong>${clock(this.at).slice(0, 6)}${ticking('clock')}</strong>
        ${this.texts.code.live}</span
      >
    </p>`;
  }

  private notices(showing: Showing) {
    const { known, screen, texts } = this;
    const t = texts.code;
    if (known.online) return refusalNotice(screen.refusal, texts);
    const until = showing.windows.at(-1)?.until ?? this.at;
    return html`<section class="notice">
      <p>${t.offline(minutesLeft(this.at, until))}</p>
      ${screen.refusal ? html`<p>${t.offlineRefresh}</p>` : nothing}
      ${showing.holder ? nothing : html`<p>${t.offlineClock}</p>`}
    </section>`;
  }

  /** Full screen and white, for the scanner. */
  private scan(current: CodeWindow): TemplateResult {
    return html`<dialog aria-label=${this.texts.code.scan} @cancel=${this.leaveScan}>
      <div class="scan">
        ${this.code(current)}
        <button class="main" @click=${this.leaveScan}>${this.texts.code.exitScan}</button>
      </div>
    </dialog>`;
  }

  private readonly leaveScan = async (event?: Event): Promise<void> => {
    event?.preventDefault();
    await this.leaveFullScreen();
    // Closed before it goes, so that the focus returns to the button that opened it.
    this.dialog?.close();
    this.send({ type: 'scan-mode', on: false });
  };

  private instead(text: string, label: string, act: () => void): TemplateResult {
    return html`${result('!', html`<p>${text}</p>`)}
      <button class="main" @click=${act}>${label}</button>`;
  }
}
