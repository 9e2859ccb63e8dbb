import { css, html, LitElement } from 'lit';
import { property } from 'lit/decorators.js';
import { accentTokens } from './accent.ts';

/** What `<boarding-id-entry>` tells its host. */
export interface EntryEventMap {
  'boarding-id-entry-open': CustomEvent<undefined>;
  'boarding-id-entry-failed': CustomEvent<undefined>;
}

declare global {
  interface HTMLElementEventMap extends EntryEventMap {}
}

/**
 * `<boarding-id-entry>`: the tile 温馨服务 for a host's home page (R1). It imports nothing but Lit,
 * so that every home page can carry it; whoever hears its event loads the rest.
 *
 * @fires {CustomEvent<undefined>} boarding-id-entry-open - the tile was pressed
 * @cssprop --boarding-id-accent - the colour of its sign, made legible on a light ground or, by `color-scheme`, a dark one
 */
export class BoardingIdEntry extends LitElement {
  /** `zh` unless it begins with `en`. */
  @property() override lang = 'zh';

  static override styles = [
    accentTokens,
    css`
      :host {
        display: inline-block;
      }
      :host([hidden]) {
        display: none;
      }
      button {
        display: grid;
        justify-items: center;
        gap: 0.375em;
        width: 100%;
        min-width: 44px;
        min-height: 44px;
        padding: 0.75em;
        border: 0;
        border-radius: 0.75em;
        background: none;
        color: inherit;
        font: inherit;
        cursor: pointer;
      }
      button:focus-visible {
        outline: 3px solid var(--bid-ink);
      }
      svg {
        width: 2.5em;
        fill: none;
        stroke: var(--bid-ink);
        stroke-width: 1.5;
        stroke-linecap: round;
        stroke-linejoin: round;
      }
    `,
  ];

  protected override render() {
    const english = /^en/i.test(this.lang);
    return html`<button lang=${english ? 'en' : 'zh-CN'} @click=${this.open}>
      <svg viewBox="0 0 24 24" aria-hidden="true">
        <path
          d="M12 20C3 14 2.5 10 2.5 8.5A4.5 4.5 0 0 1 12 7a4.5 4.5 0 0 1 9.5 1.5c0 1.5-.5 5.5-9.5 11.5Z"
        ></path>
        <path d="m8 11.5 3 2.5 5-5"></path>
      </svg>
      ${english ? 'Care services' : '温馨服务'}
    </button>`;
  }

  private readonly open = (): void => {
    this.dispatchEvent(
      new CustomEvent('boarding-id-entry-open', { bubbles: true, composed: true }),
    );
  };
}
