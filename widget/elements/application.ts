import { css, html, nothing, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import { supportedDocument } from '../protocol/documents.ts';
import type { TypedIdentity } from '../protocol/messages/holder.ts';
import type { Purpose } from '../flow/state.ts';
import { fieldStyles } from './field-styles.ts';
import { checkForm, formFields, type FormErrors, type FormField } from './form-check.ts';
import { identityFields, identityStyles } from './identity-fields.ts';
import { locationLine, locationStyles } from './location-line.ts';
import { progress, progressStyles } from './progress.ts';
import { recordsLink } from './records-link.ts';
import { refusalNotice } from './refusal-text.ts';
import { ScreenElement } from './screen.ts';
import { dateAndTime } from './shanghai-format.ts';
import { applicationsLeft, signedInIdentity, signedInStyles } from './signed-in-identity.ts';
import { slowLine } from './slow-line.ts';
import { styles } from './styles.ts';

const blank: TypedIdentity = { name: '', documentType: supportedDocument, number: '' };

/** `<boarding-id-application>`: who applies, from where, for themselves (R3–R7). */
export class BoardingIdApplication extends ScreenElement<'application'> {
  @state() private identity: TypedIdentity = blank;
  @state() private consent = false;
  /** What the last attempt was for; from then on errors are shown. */
  @state() private attempted: Purpose | undefined;

  @query('#summary') private readonly summary!: HTMLElement | null;

  static override styles = [
    styles,
    fieldStyles,
    progressStyles,
    locationStyles,
    identityStyles,
    signedInStyles,
    css`
      form {
        display: grid;
        gap: 0.875em;
      }
      .consent {
        display: flex;
        gap: 0.75em;
        align-items: center;
        min-height: 44px;
        color: inherit;
      }
      input[type='checkbox'] {
        flex: none;
        width: 24px;
        height: 24px;
        margin: 0;
        accent-color: var(--bid-ink);
      }
      .actions .main {
        flex-grow: 3;
      }
      #summary button {
        color: inherit;
        text-decoration: underline;
      }
    `,
  ];

  override willUpdate(): void {
    if (!this.hasUpdated && this.known.draft) this.identity = this.known.draft;
  }

  override render() {
    const { known, texts, screen } = this;
    const { proofSeconds } = known.policy;
    // A guest's fields are not for whoever turns out to be signed in (R4).
    if (known.registered === undefined) return html`<p class="card">${texts.loading}</p>`;
    const t = texts.application;
    const refused = this.documentType !== supportedDocument;
    const refusal = refused ? ({ code: 'unsupported-document' } as const) : screen.refusal;
    return html`${progress(0, texts)}
      <p class="muted">${t.lead(proofSeconds / 3600)}</p>
      ${this.guestProof()} ${this.errorSummary()}
      <form novalidate @submit=${this.onSubmit}>
        <section class="card">
          ${
            known.registered
              ? signedInIdentity(this.given, this.at)
              : identityFields(this.identity, this.errors, texts, this.change)
          }
        </section>
        ${refusalNotice(refusal, texts)} ${this.askAgain()}
        ${
          refused
            ? nothing
            : html`${locationLine(this.given, this.errors.location && texts.location.missing)}
              ${known.registered ? nothing : this.consentBox()} ${this.actions()}`
        }
      </form>
      ${refused ? nothing : applicationsLeft(this.given)}
      ${
        known.obstacles.includes('clock-wrong')
          ? html`<p class="muted">${t.clockWrong}</p>`
          : nothing
      }
      ${recordsLink(this.given)}`;
  }

  private get documentType() {
    return this.known.registered
      ? (this.known.me?.documentType ?? supportedDocument)
      : this.identity.documentType;
  }

  /** Kept true while the traveller mends what an attempt found wrong, and silent before one. */
  private get errors(): FormErrors {
    return this.attempted ? this.check(this.attempted) : {};
  }

  private check(purpose: Purpose): FormErrors {
    return checkForm(
      this.known.registered ? undefined : { identity: this.identity, consent: this.consent },
      purpose === 'apply' ? this.known.location.status === 'found' : undefined,
      this.at,
    );
  }

  private readonly change = (change: Partial<TypedIdentity>): void => {
    this.identity = { ...this.identity, ...change };
    this.send({ type: 'fill-in', identity: this.identity });
  };

  /** Who is signed in could not be asked: once more, by one tap. */
  private askAgain() {
    const { known, screen, texts } = this;
    if (!known.registered || known.me || !screen.refusal) return nothing;
    return html`<button type="button" @click=${() => this.send({ type: 'retry' })}>
      ${texts.retry}
    </button>`;
  }

  /** R18: why a guest who was here before finds the form, and what to do. */
  private guestProof() {
    const { registered, guestProofUntil } = this.known;
    if (registered || guestProofUntil === undefined || guestProofUntil <= this.at) return nothing;
    return html`<p class="notice">
      ${this.texts.application.guestProof(dateAndTime(this.texts, guestProofUntil))}
    </p>`;
  }

  private errorSummary() {
    const wrong = formFields.filter((field) => this.errors[field] !== undefined);
    if (wrong.length < 2) return nothing;
    const t = this.texts.application;
    const names: Record<FormField, string> = {
      name: t.name,
      number: t.number,
      location: this.texts.location.label,
      consent: t.consentMissing,
    };
    return html`<section id="summary" class="notice" tabindex="-1">
      <h2>${t.errors(wrong.length)}</h2>
      ${wrong.map(
        (field) =>
          html`<button class="quiet" @click=${() => this.focusField(field)}>
            ${names[field]}
          </button>`,
      )}
    </section>`;
  }

  private consentBox(): TemplateResult {
    const error = this.errors.consent;
    const t = this.texts.application;
    return html`<div>
      <label class="consent">
        <input
          id="consent"
          type="checkbox"
          required
          aria-invalid=${error ? 'true' : 'false'}
          aria-describedby=${error ? 'consent-error' : nothing}
          .checked=${this.consent}
          @change=${({ target }: Event) => (this.consent = (target as HTMLInputElement).checked)}
        />
        ${t.consent}
      </label>
      ${error ? html`<p class="error" id="consent-error">${t.consentMissing}</p>` : nothing}
    </div>`;
  }

  /** 查看 leads where there is a proof that cannot be renewed, yet or this month (R7, R9, R11). */
  private actions(): TemplateResult {
    const t = this.texts.application;
    const { busy } = this.screen;
    const { me, guestProofUntil = 0 } = this.known;
    const hasProof = me?.proof
      ? this.at < me.proof.renewFrom || me.applicationsLeft === 0
      : this.at < guestProofUntil;
    const leads: Purpose = hasProof ? 'view' : 'apply';
    const button = (purpose: Purpose) =>
      html`<button
        type=${purpose === 'apply' ? 'submit' : 'button'}
        class=${purpose === leads ? 'main' : ''}
        aria-disabled=${busy ? 'true' : 'false'}
        @click=${purpose === 'apply' ? nothing : () => this.submit('view')}
      >
        ${busy === purpose ? t.busy : t[purpose]}
      </button>`;
    return html`<div class="actions">${button('apply')}${button('view')}</div>
      ${busy ? slowLine('submission', this.given) : nothing}
      ${this.known.registered ? nothing : html`<p class="muted">${t.viewHint}</p>`}`;
  }

  private readonly onSubmit = (event: SubmitEvent): void => {
    event.preventDefault();
    this.submit('apply');
  };

  private submit(purpose: Purpose): void {
    if (this.screen.busy) return;
    const errors = this.check(purpose);
    this.attempted = purpose;
    if (formFields.some((field) => errors[field] !== undefined)) {
      void this.updateComplete.then(() => this.focusFirstError(errors));
      return;
    }
    const { registered } = this.known;
    this.send({
      type: 'submit',
      purpose,
      identity: registered ? undefined : this.identity,
      consent: !registered && this.consent,
    });
  }

  private focusFirstError(errors: FormErrors): void {
    const first = formFields.find((field) => errors[field] !== undefined);
    if (first) this.focusField(first);
  }

  private focusField(field: FormField): void {
    (this.renderRoot.querySelector<HTMLElement>(`#${field}`) ?? this.summary)?.focus();
  }
}
