import { css, html, LitElement, svg, type PropertyValues } from 'lit';
import { property } from 'lit/decorators.js';
import { qrPath, type QrPath } from './qr-path.ts';

/** Modules of white on each side (ISO/IEC 18004); scanners need them whatever the theme. */
const quietZone = 4;

/** `<boarding-id-qr>`: a code as a QR symbol, dark on white in both themes. */
export class BoardingIdQr extends LitElement {
  /** The code; a property only, since it is a bearer secret and attributes can be read. */
  @property({ attribute: false }) code = '';
  /** The one after it, whose symbol is drawn while the page is idle, so that a rotation has it at hand. */
  @property({ attribute: false }) next = '';
  /** For screen readers. */
  @property({ attribute: false }) label = '';

  static override styles = css`
    :host {
      display: block;
      contain: content;
    }
    svg {
      display: block;
      width: 100%;
      background: #fff;
      forced-color-adjust: none;
    }
    path {
      fill: #000;
    }
  `;

  private readonly drawnBeforehand = new Map<string, QrPath>();

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('next') || !this.next) return;
    // Not in every browser; there it is drawn when its time comes.
    const { requestIdleCallback }: { requestIdleCallback?: (draw: () => void) => number } = window;
    requestIdleCallback?.call(window, () => {
      this.drawnBeforehand.clear();
      this.drawnBeforehand.set(this.next, qrPath(this.next));
    });
  }

  override render() {
    const { modules, path } = this.drawnBeforehand.get(this.code) ?? qrPath(this.code);
    const size = modules + 2 * quietZone;
    return html`<svg
      role="img"
      aria-label=${this.label}
      viewBox="${-quietZone} ${-quietZone} ${size} ${size}"
      shape-rendering="crispEdges"
    >
      ${svg`<path d=${path}></path>`}
    </svg>`;
  }
}
