import { css, html, nothing, type TemplateResult } from 'lit';
import { live } from 'lit/directives/live.js';
import { documentTypes, supportedDocument } from '../protocol/documents.ts';
import type { TypedIdentity } from '../protocol/messages/holder.ts';
import type { Dictionary } from '../locales/index.ts';
import type { FormErrors } from './form-check.ts';

export const identityStyles = css`
  #number {
    font-variant-numeric: tabular-nums;
    letter-spacing: 0.03em;
  }
  [aria-invalid='true'] {
    border-color: var(--bid-danger);
    box-shadow: inset 0 0 0 1px var(--bid-danger);
  }
  .error,
  [id$='-hint'] {
    margin-top: 0.375em;
  }
  .error {
    color: var(--bid-danger);
    font-size: 0.9375em;
  }
`;

/**
 * Name, document type, number (R3); the number only of the document that can apply (R5).
 *
 * Values are set as properties, never as attributes, and autocomplete is off, since browsers keep
 * what they complete (B7).
 */
export function identityFields(
  identity: TypedIdentity,
  errors: FormErrors,
  texts: Dictionary,
  change: (change: Partial<TypedIdentity>) => void,
): TemplateResult {
  const t = texts.application;
  const input = (field: 'name' | 'number', error: string | undefined, hint?: string) =>
    html`<div>
      <label for=${field}>${t[field]}</label>
      <input
        id=${field}
        required
        maxlength=${field === 'name' ? 100 : 40}
        autocomplete="off"
        autocapitalize=${field === 'name' ? 'none' : 'characters'}
        spellcheck="false"
        aria-invalid=${error ? 'true' : 'false'}
        aria-describedby=${error ? `${field}-error` : hint ? `${field}-hint` : nothing}
        .value=${live(identity[field])}
        @input=${({ target }: InputEvent) =>
          change({ [field]: (target as HTMLInputElement).value })}
      />
      ${
        error
          ? html`<p class="error" id="${field}-error">${error}</p>`
          : hint
            ? html`<p class="muted" id="${field}-hint">${hint}</p>`
            : nothing
      }
    </div>`;

  return html`${input('name', errors.name && t.names[errors.name])}
    <div>
      <label for="document">${t.documentType}</label>
      <select
        id="document"
        @change=${({ target }: Event) => {
          const chosen = documentTypes[(target as HTMLSelectElement).selectedIndex];
          if (chosen) change({ documentType: chosen });
        }}
      >
        ${documentTypes.map(
          (type) =>
            html`<option ?selected=${type === identity.documentType}>${t.documents[type]}</option>`,
        )}
      </select>
    </div>
    ${
      identity.documentType === supportedDocument
        ? input(
            'number',
            errors.number && (errors.number === 'empty' ? t.noNumber : t.numbers[errors.number]),
            t.numberHint,
          )
        : nothing
    }`;
}
