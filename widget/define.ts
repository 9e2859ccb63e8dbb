import { BoardingId, type Composition } from './elements/boarding-id.ts';
import './elements/define-screens.ts';
import type { HostEvent } from './flow/effects.ts';
import { createFlow } from './flow/runner.ts';
import { createBrowserPorts } from './host/browser-ports.ts';

/**
 * `<boarding-id>`: the whole service, one screen at a time, with the browser's own ports. Importing
 * this module registers it.
 */
class BoardingIdInBrowser extends BoardingId {
  /** What stands there until the host gives its own. */
  readonly #noSession = this.session;

  protected override createFlow(tellHost: (event: HostEvent) => boolean): Composition {
    const { ports, stage } = createBrowserPorts({
      now: () => this.clock?.() ?? Date.now(),
      session: () => this.session(),
      sessionGiven: () => this.session !== this.#noSession,
    });
    const { bridge } = this;
    const flow = createFlow({
      issuer: this.issuerAddress(),
      ports: bridge?.portsOver(ports) ?? ports,
      tellHost,
    });
    bridge?.attend({
      open: (screen) => this.open(screen),
      close: () => this.close(),
      signOut: () => void this.signOut(),
      back: () => this.back(),
      sessionChanged: () => flow.sessionChanged(),
    });
    void bridge?.answers().then((answers) => {
      if (!answers) tellHost({ name: 'error', code: 'host-silent' });
    });
    return { flow, stage };
  }

  /** One that is relative to the page is of the page's own origin. */
  private issuerAddress(): string {
    try {
      const { href, protocol } = new URL(this.issuer, document.baseURI);
      // Without a scheme, `issuer.example` would be a path of the page's own server.
      const isMeant = /^(https?:\/\/|\/|$)/.test(this.issuer) && /^https?:$/.test(protocol);
      if (isMeant) return href;
      throw new TypeError(`No address of an issuer: ${this.issuer}`);
    } catch {
      this.tellHost({ name: 'error', code: 'issuer-invalid' });
      // Never to be reached (RFC 2606, section 2), so each call says that there is no connection.
      return 'https://issuer.invalid';
    }
  }
}

// A second copy of this module, from another bundle on the page, finds the name taken.
if (!customElements.get('boarding-id')) customElements.define('boarding-id', BoardingIdInBrowser);

declare global {
  interface HTMLElementTagNameMap {
    'boarding-id': BoardingId;
  }
}
