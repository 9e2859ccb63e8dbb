import type { BoardingId } from './elements/boarding-id.ts';
import { BoardingIdEntry } from './elements/entry-tile.ts';
import type { DeepLink } from './flow/state.ts';

/**
 * `<boarding-id-entry>` on the host's home page (R1). When it is pressed, the rest is loaded and
 * `<boarding-id>` opens: the one whose id stands in `for`, or else a new one that fills the page
 * until it is closed.
 *
 * @attr {string} for - id of a `<boarding-id>` in the same document or shadow root
 * @attr {string} issuer - of the one that is placed
 * @attr {DeepLink} screen - of the one that is placed
 * @fires {CustomEvent<undefined>} boarding-id-entry-failed - the rest could not be loaded; pressing again tries again
 */
class BoardingIdEntryInBrowser extends BoardingIdEntry {
  /** As `session` of `<boarding-id>`, for the one that is placed. */
  session: BoardingId['session'] | undefined;
  /** As `clock` of `<boarding-id>`, for the one that is placed. */
  clock: BoardingId['clock'];
  /** As `bridge` of `<boarding-id>`, for the one that is placed. */
  bridge: BoardingId['bridge'];

  #placed: BoardingId | undefined;

  constructor() {
    super();
    this.addEventListener('boarding-id-entry-open', () => void this.#openService());
  }

  async #openService(): Promise<void> {
    try {
      await import('./define.ts');
    } catch {
      this.dispatchEvent(
        new CustomEvent('boarding-id-entry-failed', { bubbles: true, composed: true }),
      );
      return;
    }
    const id = this.getAttribute('for');
    if (id === null) this.#place();
    else this.#target(id)?.open();
  }

  #target(id: string): BoardingId | undefined {
    const root = this.getRootNode();
    if (!(root instanceof Document || root instanceof ShadowRoot)) return undefined;
    const found = root.getElementById(id);
    return found?.localName === 'boarding-id' ? (found as BoardingId) : undefined;
  }

  #place(): void {
    if (this.#placed?.isConnected) return;
    const placed = document.createElement('boarding-id');
    placed.issuer = this.getAttribute('issuer') ?? '';
    placed.lang = this.lang;
    placed.screen = (this.getAttribute('screen') ?? 'services') as DeepLink;
    if (this.session) placed.session = this.session;
    placed.clock = this.clock;
    placed.bridge = this.bridge;
    const fill = { position: 'fixed', inset: '0', overflow: 'auto', 'z-index': '2147483647' };
    // Important, since there are pages that unset everything.
    for (const [name, value] of Object.entries(fill)) {
      placed.style.setProperty(name, value, 'important');
    }
    placed.addEventListener('boarding-id-closed', () => {
      placed.remove();
      this.shadowRoot?.querySelector('button')?.focus();
    });
    this.#placed = placed;
    document.body.append(placed);
  }
}

// A second copy of this module, from another bundle on the page, finds the name taken.
if (!customElements.get('boarding-id-entry')) {
  customElements.define('boarding-id-entry', BoardingIdEntryInBrowser);
}

declare global {
  interface HTMLElementTagNameMap {
    'boarding-id-entry': BoardingIdEntryInBrowser;
  }
}
