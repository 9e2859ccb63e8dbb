import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { dateAndTime } from '../../widget/elements/shanghai-format.ts';
import type { DeepLink, ScreenName, Vault } from '../../widget/index.ts';
import { en } from '../../widget/locales/en.ts';
import { zh } from '../../widget/locales/zh.ts';
import type { Surface } from '../element.ts';
import { isCodeReady } from '../ready-code.ts';
import type { ProofTimes } from '../stored-times.ts';
import { SurfaceElement, type SurfaceGiven } from '../surface-element.ts';
import { surfaceStyles } from '../surface-styles.ts';
import { proofKnown, type ProofKnown } from './proof-known.ts';
import { tileStyles } from './tile-styles.ts';

export interface PopupGiven extends SurfaceGiven {
  /** Whether a code holds in a tab or a panel. */
  isCodeOpen: () => Promise<boolean>;
  /** Brings whoever has it to the front. */
  goToCode: () => void;
  vault: Pick<Vault, 'read'>;
  now: () => number;
  openPage: (screen: DeepLink) => void;
  /** Side panel or sidebar; both only on a click. */
  openPanel: () => void;
}

/** The code, and what can stand in front of it. */
const codeScreens: ReadonlySet<ScreenName> = new Set(['code', 'help', 'records']);

/**
 * `<boarding-id-popup>`: a registered user's code as soon as it is there, until then and otherwise what
 * is known and the ways on. A popup goes with the next click elsewhere: so whatever acts or asks is done
 * on the page, and a guest's code, which would go with it (R18), is not shown here.
 */
export class BoardingIdPopup extends SurfaceElement {
  @property({ attribute: false }) override given!: PopupGiven;
  @state() private times: ProofTimes | undefined;
  @state() private isCodeOpen = false;
  /** Undefined until the vault has been looked into. */
  @state() private isReady: boolean | undefined;

  static override styles = [...surfaceStyles, tileStyles];

  protected override attend(signal: AbortSignal): void {
    super.attend(signal);
    const { times, vault, now, isCodeOpen } = this.given;
    const know = async (known: ProofTimes | undefined): Promise<void> => {
      // With a code come its times, and without it others: so it is looked for again.
      const isOpen = await isCodeOpen();
      Object.assign(this, { times: known, isCodeOpen: isOpen });
    };
    times.watch((known) => void know(known), signal);
    void Promise.all([times.read().then(know), isCodeReady(vault, now)]).then(([, isReady]) => {
      this.isReady = isReady;
    });
  }

  protected override surface(): Surface {
    const { acting, times, openPage } = this.given;
    const mayAct = async (): Promise<boolean> => {
      openPage('code');
      return false;
    };
    return { acting, times, mayAct, mayLocate: async () => false };
  }

  /** Back from the first screen, which is never shown: the tile stands in its place. */
  protected override leave(): void {
    // Nothing is to be left.
  }

  protected override render() {
    const { isReady, screen } = this;
    if (isReady === undefined) return nothing;
    if (!isReady || !this.options.signedIn) return this.tile(false);
    const isShown = screen !== undefined && codeScreens.has(screen);
    return html`${isShown ? nothing : this.tile(screen === undefined)}
    ${this.boardingId('code', !isShown)}`;
  }

  /** @param isReading while the code may still come */
  private tile(isReading: boolean): TemplateResult {
    const known = proofKnown(this.times, this.given.now());
    return html`<main class="tile">
      <div class="name">
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <rect x="2" y="4" width="20" height="16" rx="3"></rect>
          <circle cx="8" cy="10.5" r="2"></circle>
          <path d="M5 16c.6-1.7 5.4-1.7 6 0M15 9h4v4h-4zM15 16h4"></path>
        </svg>
        <div>
          <h1>${this.text('extensionName')}</h1>
          <p class="muted">${this.text('popupAbout')}</p>
        </div>
      </div>
      ${this.whatIsKnown(known, isReading)}
      <div class="main-actions">${this.mainActions(known)}</div>
      <div class="ways">
        <button class="quiet" @click=${this.given.openPanel}>${this.text('popupPanel')}</button>
        <button class="quiet" @click=${this.given.openOptions}>${this.text('popupOptions')}</button>
      </div>
    </main>`;
  }

  private whatIsKnown(known: ProofKnown, isReading: boolean): TemplateResult {
    if (this.actsElsewhere) {
      return html`<div class="card known"><p>${this.text('surfaceElsewhere')}</p></div>`;
    }
    if (known.status === 'none') {
      return html`<div class="card known"><p>${this.text('popupNone')}</p></div>`;
    }
    const until = dateAndTime(this.language === 'en' ? en : zh, known.validUntil);
    if (known.status === 'ended') {
      return html`<div class="card known">
        <p class="muted">${this.text('popupEnded')}</p>
        <strong>${until}</strong>
      </div>`;
    }
    const hint = isReading ? 'popupReading' : this.hint(known.status);
    return html`<div class="card known valid">
      <p class="muted">${this.text('popupValidUntil')}</p>
      <strong>${until}</strong>
      ${
        // Whoever has gone back from the code need not verify.
        this.isReady && hint === 'popupValidHint'
          ? nothing
          : html`<p class="muted">${this.text(hint)}</p>`
      }
    </div>`;
  }

  private hint(status: 'valid' | 'renewable') {
    if (this.isCodeOpen) return 'popupCodeOpen';
    return status === 'valid' ? 'popupValidHint' : 'popupRenewableHint';
  }

  private mainActions({ status }: ProofKnown): TemplateResult {
    const { goWhereActing, goToCode, openPage } = this.given;
    if (this.actsElsewhere) {
      return html`<button class="main" @click=${goWhereActing}>
        ${this.text('surfaceGoThere')}
      </button>`;
    }
    const apply = () => openPage('application');
    if (status === 'none' || status === 'ended') {
      return html`<button class="main" @click=${apply}>${this.text('popupApply')}</button>`;
    }
    return html`${
      this.isCodeOpen
        ? html`<button class="main" @click=${goToCode}>${this.text('surfaceGoThere')}</button>`
        : html`<button class="main" @click=${() => openPage('code')}>
            ${this.text('popupView')}
          </button>`
    }
    ${
      status === 'renewable'
        ? html`<button @click=${apply}>${this.text('popupRenew')}</button>`
        : nothing
    }`;
  }
}
