import { css, html, nothing, type TemplateResult } from 'lit';
import { reasonCodes, reasons, type Reason } from '../protocol/code/reasons.ts';
import type { Dictionary } from '../locales/index.ts';

export const gateReasonStyles = css`
  #reason {
    max-width: 8em;
    text-transform: uppercase;
    letter-spacing: 0.2em;
  }
`;

/** Whoever types on a phone's keyboard may get a small letter, or a space behind it. */
export const reasonOf = (typed: string): Reason | undefined =>
  reasons.find((reason) => reasonCodes[reason] === typed.trim().toUpperCase());

/** Where the next step is on the phone itself, at the code. */
const mendedAtCode: readonly Reason[] = [
  'malformed',
  'unsupported',
  'bad-signature',
  'expired',
  'revoked',
  'already-used',
];

/** A gate's two characters, turned into what to do (B10). */
export function gateReason(
  { gateReasons: t }: Dictionary,
  typed: string,
  change: (typed: string) => void,
  toCode: () => void,
): TemplateResult {
  const reason = reasonOf(typed);
  const text = reason && t.reasons[reason];
  return html`<section class="card reason">
    <h2>${t.heading}</h2>
    <p>${t.lead}</p>
    <label for="reason">${t.label}</label>
    <input
      id="reason"
      maxlength="4"
      autocomplete="off"
      autocapitalize="characters"
      spellcheck="false"
      aria-describedby="reason-answer"
      .value=${typed}
      @input=${({ target }: Event) => change((target as HTMLInputElement).value)}
    />
    <div id="reason-answer">
      ${
        text
          ? html`<p><strong>${text.what}</strong></p>
              <p>${text.next}</p>`
          : typed.trim().length >= 2
            ? html`<p>${t.unknown}</p>`
            : nothing
      }
    </div>
    ${
      reason && mendedAtCode.includes(reason)
        ? html`<button type="button" @click=${toCode}>${t.toCode}</button>`
        : nothing
    }
  </section>`;
}
