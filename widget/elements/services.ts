import { css, html } from 'lit';
import { recordsLink } from './records-link.ts';
import { ScreenElement } from './screen.ts';
import { styles } from './styles.ts';

/**
 * `<boarding-id-services>`: 温馨服务, this service among the host's others (R1, R2).
 *
 * @slot services - the host's other services
 */
export class BoardingIdServices extends ScreenElement<'services'> {
  static override styles = [
    styles,
    css`
      .service {
        display: flex;
        /* Text of twice the size takes lines of its own. */
        flex-wrap: wrap;
        gap: 0 0.875em;
        align-items: center;
        padding: 1em;
        border-color: var(--bid-line);
        border-radius: var(--bid-radius);
        background: var(--bid-surface);
        color: inherit;
        text-align: start;
      }
      .service > span {
        flex: 1 1 6em;
      }
      svg {
        flex: none;
        width: 2.75em;
        fill: none;
        stroke: var(--bid-ink);
        stroke-width: 1.75;
        stroke-linecap: round;
        stroke-linejoin: round;
      }
      svg.go {
        width: 1.25em;
      }
      .muted {
        display: block;
        font-weight: 400;
      }
    `,
  ];

  override render() {
    const { name, about } = this.texts.services;
    return html`<button
        class="service"
        @click=${() => this.send({ type: 'open', screen: 'application' })}
      >
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <rect x="2" y="4" width="20" height="16" rx="3"></rect>
          <circle cx="8" cy="10.5" r="2"></circle>
          <path d="M5 16c.6-1.7 5.4-1.7 6 0M15 9h4v4h-4zM15 16h4"></path>
        </svg>
        <span>${name}<span class="muted">${about}</span></span>
        <svg class="go" viewBox="0 0 24 24" aria-hidden="true"><path d="m9 5 7 7-7 7"></path></svg>
      </button>
      <slot name="services"></slot>
      ${recordsLink(this.given)}`;
  }
}
