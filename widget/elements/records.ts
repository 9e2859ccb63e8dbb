import { css, html, nothing, type TemplateResult } from 'lit';
import type { Record as ApplicationRecord } from '../protocol/messages/holder.ts';
import { inLanguage } from './paper-windows.ts';
import { refusalNotice } from './refusal-text.ts';
import { ScreenElement } from './screen.ts';
import { date, dateAndTime } from './shanghai-format.ts';
import { slowLine } from './slow-line.ts';
import { styles } from './styles.ts';

/** `<boarding-id-records>`: a registered user's applications of the last month (R23). */
export class BoardingIdRecords extends ScreenElement<'records'> {
  static override styles = [
    styles,
    css`
      ul {
        display: grid;
        gap: 0.75em;
      }
      li.card {
        gap: 0.25em;
      }
      .line {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        gap: 0 0.75em;
      }
      .line > :first-child {
        flex: 1 1 8em;
      }
      .line > :last-child {
        flex: none;
      }
      .city {
        white-space: nowrap;
      }
      .approved {
        color: var(--bid-good);
      }
      .refused {
        color: var(--bid-warning);
      }
    `,
  ];

  override render() {
    const { texts } = this;
    const { records, refusal } = this.screen;
    if (refusal) {
      // Of a guest there are none to ask for; when somebody signs in, that goes on by itself.
      return html`${refusalNotice(refusal, texts)}
      ${
        this.known.registered
          ? html`<button class="main" @click=${() => this.send({ type: 'retry' })}>
              ${texts.retry}
            </button>`
          : nothing
      }`;
    }
    if (!records) {
      return html`<section class="card">
        <p>${texts.loading}</p>
        ${slowLine('records', this.given)}
      </section>`;
    }
    return html`<p class="muted">${texts.records.since(date(texts, records.since))}</p>
      ${
        records.records.length === 0
          ? html`<p class="card">${texts.records.empty}</p>`
          : html`<ul>
              ${records.records.map((record) => this.line(record))}
            </ul>`
      }`;
  }

  private line({ appliedAt, city, status, reason, proof }: ApplicationRecord): TemplateResult {
    const { texts } = this;
    return html`<li class="card">
      <p class="line">
        <strong
          >${dateAndTime(texts, appliedAt)} ·
          <span class="city">${inLanguage(city, texts)}</span></strong
        >
        <strong class=${status}>${texts.records.statuses[status]}</strong>
      </p>
      ${reason ? html`<p>${texts.refusals[reason].title}</p>` : nothing}
      ${
        proof
          ? html`<p class="muted">
              ${texts.records.validUntil(dateAndTime(texts, proof.validUntil))}<br />${
                texts.code.number
              }
              ${proof.number}
            </p>`
          : nothing
      }
    </li>`;
  }
}
