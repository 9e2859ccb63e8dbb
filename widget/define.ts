import { BoardingId, type Composition } from './elements/boarding-id.ts';
import './elements/define-screens.ts';
import { createFlow } from './flow/runner.ts';
import { createBrowserPorts } from './host/browser-ports.ts';

/** `<boarding-id>` with the browser's own ports. Importing this module registers it. */
class BoardingIdInBrowser extends BoardingId {
  /** What stands there until the host gives its own. */
  readonly #noSession = this.session;

  protected override createFlow(): Composition {
    const { ports, stage } = createBrowserPorts({
      now: () => this.clock?.() ?? Date.now(),
      session: () => this.session(),
      sessionGiven: () => this.session !== this.#noSession,
    });
    // An address relative to the page is the page's own origin.
    const issuer = new URL(this.issuer, document.baseURI).href;
    return { flow: createFlow({ issuer, ports, tellHost: this.tellHost }), stage };
  }
}

// A second copy of this module, from another bundle on the page, finds the name taken.
if (!customElements.get('boarding-id')) customElements.define('boarding-id', BoardingIdInBrowser);

declare global {
  interface HTMLElementTagNameMap {
    'boarding-id': BoardingId;
  }
}
