import { css, html } from 'lit';
import { state } from 'lit/decorators.js';
import { fieldStyles } from './field-styles.ts';
import { gateReason, gateReasonStyles } from './gate-reason.ts';
import { ScreenElement } from './screen.ts';
import { styles } from './styles.ts';

/** `<boarding-id-help>`: a gate's reason (B10), the announcement's notices and questions (R24). */
export class BoardingIdHelp extends ScreenElement<'help'> {
  /** The reason code that was typed. */
  @state() private typed = '';

  static override styles = [
    styles,
    fieldStyles,
    gateReasonStyles,
    css`
      ul {
        display: grid;
        gap: 0.75em;
        padding-inline-start: 1.25em;
        list-style: disc;
      }
      li::marker {
        color: var(--bid-ink);
      }
      section.questions {
        gap: 0;
      }
      details + details {
        border-top: 1px solid var(--bid-line);
      }
      summary {
        padding-block: 0.75em;
        font-weight: 600;
        cursor: pointer;
      }
      details p {
        padding-bottom: 1em;
      }
    `,
  ];

  override render() {
    const { notices, noticeTexts, questions, questionTexts } = this.texts.helpPage;
    return html`${gateReason(
        this.texts,
        this.typed,
        (typed) => (this.typed = typed),
        () => this.send({ type: 'open', screen: 'code' }),
      )}
      <section class="card">
        <h2>${notices}</h2>
        <ul>
          ${noticeTexts.map((text) => html`<li>${text}</li>`)}
        </ul>
      </section>
      <section class="card questions">
        <h2>${questions}</h2>
        ${questionTexts.map(
          ({ question, answer }) =>
            html`<details>
              <summary>${question}</summary>
              <p>${answer}</p>
            </details>`,
        )}
      </section>`;
  }
}
