import { css, html, LitElement, nothing } from 'lit';
import { property, query } from 'lit/decorators.js';
import type { UserEvent } from '../flow/events.ts';
import type { Dictionary } from '../locales/index.ts';
import { styles } from './styles.ts';

/** `<boarding-id-header>`: back, the screen's heading, help. */
export class BoardingIdHeader extends LitElement {
  @property({ attribute: false }) heading = '';
  @property({ attribute: false }) texts!: Dictionary;
  /** Whether help can be opened from here. */
  @property({ attribute: false }) helps = true;
  @property({ attribute: false }) send!: (event: UserEvent) => void;

  @query('h1') private readonly headingElement!: HTMLElement;

  static override styles = [
    styles,
    css`
      :host {
        container-type: inline-size;
        grid-template-columns: 44px minmax(0, 1fr) 44px;
        gap: 0 min(0.875em, 2%);
        align-items: center;
        padding: 0.25em min(0.5em, 2%);
        background: var(--bid-surface);
        border-bottom: 1px solid var(--bid-line);
      }
      h1 {
        font-size: 1.125em;
        /* In large text on a narrow screen a long word would be broken. */
        font-size: min(1.125em, 8.5cqi);
        overflow-wrap: normal;
        line-height: 1.3;
        text-align: center;
        text-wrap: balance;
      }
      h1:focus {
        outline: none;
      }
      button.quiet {
        display: grid;
        place-items: center;
        padding-inline: 0;
        color: inherit;
      }
      svg {
        width: 24px;
        height: 24px;
        fill: none;
        stroke: currentColor;
        stroke-width: 2;
        stroke-linecap: round;
        stroke-linejoin: round;
      }
    `,
  ];

  /** The heading takes focus when a screen arrives, so that it is what is read first. */
  focusHeading(): void {
    this.headingElement.focus();
  }

  override render() {
    return html`<button
        class="quiet"
        aria-label=${this.texts.back}
        @click=${() => this.send({ type: 'back' })}
      >
        <svg viewBox="0 0 24 24" aria-hidden="true"><path d="m15 5-7 7 7 7"></path></svg>
      </button>
      <h1 part="heading" tabindex="-1">${this.heading}</h1>
      ${
        this.helps
          ? html`<button
              class="quiet"
              aria-label=${this.texts.help}
              @click=${() => this.send({ type: 'open', screen: 'help' })}
            >
              <svg viewBox="0 0 24 24" aria-hidden="true">
                <circle cx="12" cy="12" r="10"></circle>
                <path d="M9.2 9.3a2.9 2.9 0 1 1 4.3 2.5c-1 .6-1.5 1-1.5 2.2M12 17.5v.01"></path>
              </svg>
            </button>`
          : nothing
      }`;
  }
}
