import { css, html } from 'lit';
import { query } from 'lit/decorators.js';
import { progress, progressStyles } from './progress.ts';
import { ScreenElement } from './screen.ts';
import { styles } from './styles.ts';

/** `<boarding-id-liveness>`: what will happen and why, then the stage for the check (R13). */
export class BoardingIdLiveness extends ScreenElement<'liveness'> {
  @query('#stage') private readonly container!: HTMLElement | null;
  private attachedTo: HTMLElement | undefined;
  private attachedIn: string | undefined;

  static override styles = [
    styles,
    progressStyles,
    css`
      svg {
        width: 6em;
        justify-self: center;
        fill: none;
        stroke: var(--bid-ink);
        stroke-width: 1.5;
        stroke-linecap: round;
      }
      ol.points {
        display: grid;
        gap: 0.75em;
        counter-reset: point;
      }
      .points li {
        display: flex;
        gap: 0.75em;
        align-items: center;
      }
      .points li::before {
        counter-increment: point;
        content: counter(point);
        flex: none;
        width: 1.75em;
        line-height: 1.75em;
        border-radius: 50%;
        text-align: center;
        font-weight: 600;
        background: var(--bid-background);
        color: var(--bid-ink);
      }
      #stage {
        min-height: 22em;
      }
      /* A host's own check draws nothing here. */
      #stage:empty,
      #stage:not(:empty) + .elsewhere {
        display: none;
      }
    `,
  ];

  override render() {
    const { screen, texts } = this;
    const t = texts.liveness;
    if (screen.step === 'running') {
      return html`${progress(1, texts)}
        <section id="stage" class="card" aria-label=${t.stage}></section>
        <p class="card elsewhere">${t.elsewhere}</p>`;
    }
    return html`${progress(1, texts)}
      <section class="card">
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path
            d="M3 7V5a2 2 0 0 1 2-2h2M17 3h2a2 2 0 0 1 2 2v2M21 17v2a2 2 0 0 1-2 2h-2M7 21H5a2 2 0 0 1-2-2v-2"
          ></path>
          <path d="M12 6.5c6 0 4.5 11 0 11s-6-11 0-11M10 11v.5M14 11v.5M10.5 14.3q1.5 1 3 0"></path>
        </svg>
        <h2>${t[screen.purpose]}</h2>
        <ol class="points">
          ${t.points.map((point) => html`<li>${point}</li>`)}
        </ol>
        <p class="muted">
          ${t.why}${this.texts.betweenSentences}${t.limit(this.known.policy.livenessSeconds, screen.transaction.attempts)}
        </p>
      </section>
      <button class="main" @click=${() => this.send({ type: 'start-liveness' })}>
        ${t.start}
      </button>`;
  }

  override updated(): void {
    const container = this.container ?? undefined;
    const { language } = this.texts;
    if (container === this.attachedTo && language === this.attachedIn) return;
    this.leaveStage();
    if (!container) return;
    this.attachedTo = container;
    this.attachedIn = language;
    this.given.stage.attach(container, language === 'en' ? 'en' : 'zh');
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Moved in the tree: the stage was left, and is entered again.
    if (this.hasUpdated) this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.leaveStage();
  }

  private leaveStage(): void {
    if (!this.attachedTo) return;
    this.attachedTo = undefined;
    this.given.stage.detach();
  }
}
