import '../widget/elements/define-screens.ts';
import {
  BoardingId,
  createBrowserPorts,
  createFlow,
  type Composition,
  type HostEvent,
} from '../widget/index.ts';
import { actingFlow } from './acting-flow.ts';
import type { Acting } from './acting.ts';
import { keepTimes } from './known-times.ts';
import type { Stored } from './stored.ts';
import type { ProofTimes } from './stored-times.ts';

/** What a surface gives the component beyond what any host does. */
export interface Surface {
  acting: Acting;
  /** Where the background finds what to remind of. */
  times: Stored<ProofTimes | undefined>;
  /** @returns false after having told the traveller why not here or not now */
  mayAct: () => Promise<boolean>;
}

/**
 * `<boarding-id>` on a surface of the extension: the widget's own, which acts only where the surface
 * lets it, and leaves the times of the proof for the background. Importing this module registers it.
 */
export class BoardingIdInExtension extends BoardingId {
  /** Given before it appears. */
  surface!: Surface;

  protected override createFlow(tellHost: (event: HostEvent) => boolean): Composition {
    const { acting, times, mayAct } = this.surface;
    const { ports, stage } = createBrowserPorts({
      now: () => Date.now(),
      session: () => this.session(),
      sessionGiven: () => true,
    });
    const flow = createFlow({ issuer: this.issuer, ports, tellHost });
    keepTimes(flow, () => Date.now(), times);
    return { flow: actingFlow(flow, acting, mayAct), stage };
  }
}

customElements.define('boarding-id', BoardingIdInExtension);
