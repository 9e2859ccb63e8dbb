import { html, nothing, type TemplateResult } from 'lit';
import type { Refusal } from '../flow/refusal.ts';
import { nextSteps } from './next-step.ts';
import { paperWindows } from './paper-windows.ts';
import { progress, progressStyles } from './progress.ts';
import { hostsText, refusalText } from './refusal-text.ts';
import { result, resultStyles } from './result.ts';
import { ScreenElement } from './screen.ts';
import { slowLine } from './slow-line.ts';
import { styles } from './styles.ts';
import { windowStyles } from './window-styles.ts';

const marks = {
  waiting: '…',
  unconfirmed: '…',
  pending: '…',
  approved: '✓',
  refused: '!',
} as const;

/** `<boarding-id-outcome>`: approved, refused and why, or still being reviewed (R14). */
export class BoardingIdOutcome extends ScreenElement<'outcome'> {
  static override styles = [styles, progressStyles, windowStyles, resultStyles];

  override render() {
    const { outcome } = this.screen;
    return html`${progress(1, this.texts)} ${result(marks[outcome.status], this.words())}
    ${outcome.status === 'refused' ? this.afterRefusal(outcome.refusal) : nothing}
    ${
      outcome.status === 'unconfirmed'
        ? html`<button class="main" @click=${() => this.send({ type: 'retry' })}>
            ${this.texts.retry}
          </button>`
        : nothing
    }
    ${
      outcome.status === 'approved'
        ? html`<button class="main" @click=${() => this.send({ type: 'verify-again' })}>
            ${this.texts.outcome.show}
          </button>`
        : nothing
    }`;
  }

  private words(): TemplateResult {
    const { outcome, purpose } = this.screen;
    const t = this.texts.outcome;
    if (outcome.status === 'waiting') {
      return html`<p>${t.waiting}</p>
        ${slowLine('submission', this.given)}`;
    }
    if (outcome.status === 'unconfirmed') {
      const { retryAfter } = outcome.refusal;
      return html`<p>${t[purpose === 'apply' ? 'unconfirmed' : 'unconfirmedView']}</p>
        <p>${t.unconfirmedNext}</p>
        ${retryAfter === undefined ? nothing : html`<p class="muted">${t.retryAfter(retryAfter)}</p>`}
        ${slowLine('submission', this.given)}`;
    }
    if (outcome.status === 'refused') {
      return html`<h2>${this.texts.refusals[outcome.refusal.code].title}</h2>
        ${refusalText(outcome.refusal, this.texts)} ${hostsText}`;
    }
    if (outcome.status !== 'pending') return html`<p>${t[outcome.status]}</p>`;
    return html`<p>${t.pending}</p>
      <p class="muted">${this.known.registered ? t.pendingRegistered : t.pendingGuest}</p>`;
  }

  private afterRefusal({ code }: Refusal): TemplateResult {
    const step = nextSteps[code];
    return html`${
        step
          ? html`<button class="main" @click=${() => this.send(step.event)}>
              ${step.label(this.texts)}
            </button>`
          : nothing
      }
      <section class="card">${paperWindows(this.known, this.texts)}</section>`;
  }
}
