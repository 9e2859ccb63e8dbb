import { showsCode } from '../widget/flow/state.ts';
import {
  BoardingId,
  createBrowserPorts,
  createFlow,
  type Composition,
  type Flow,
  type HostEvent,
  type LocationPort,
  type SettingsPort,
} from '../widget/index.ts';
import { actingFlow } from './acting-flow.ts';
import type { Acting } from './acting.ts';
import { hearOfCode } from './code-came.ts';
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
  /** Asked before the browser is asked for the place, which may ask the traveller. */
  mayLocate: (signal: AbortSignal) => Promise<boolean>;
  /** A code has come from another surface, and nothing stands in its way here. */
  codeCame?: () => void;
  /** Where the browser's settings can be opened. */
  settings?: SettingsPort | undefined;
}

/**
 * `<boarding-id>` on a surface of the extension: the widget's own, which acts and asks only where the
 * surface lets it, and leaves the times of the proof for the background. `define.ts` registers it.
 */
export class BoardingIdInExtension extends BoardingId {
  /** Given before it appears. */
  surface!: Surface;
  private flow: Flow | undefined;

  /** A code is on the screen. */
  get showsCode(): boolean {
    return this.flow !== undefined && showsCode(this.flow.state);
  }

  /** A code holds that it shows, or would show at its screen. */
  get hasCode(): boolean {
    return (this.flow?.state.known.showing?.windows.length ?? 0) > 0;
  }

  protected override createFlow(tellHost: (event: HostEvent) => boolean): Composition {
    const { acting, times, mayAct, mayLocate, codeCame, settings } = this.surface;
    const { ports, stage } = createBrowserPorts({
      now: () => Date.now(),
      session: () => this.session(),
      sessionGiven: () => true,
    });
    const flow = createFlow({
      issuer: this.issuer,
      ports: {
        ...ports,
        location: locatingWhere(mayLocate, ports.location),
        settings: settings ?? ports.settings,
      },
      tellHost,
    });
    keepTimes(
      flow,
      () => Date.now(),
      times,
      () => this.isConnected,
    );
    if (codeCame) hearOfCode(flow, codeCame);
    this.flow = flow;
    return { flow: actingFlow(flow, acting, mayAct), stage };
  }
}

/** Not being let is as being refused for this time: asking again may help. */
const locatingWhere = (mayLocate: Surface['mayLocate'], location: LocationPort): LocationPort => ({
  locate: async (signal) =>
    (await mayLocate(signal)) ? location.locate(signal) : { ok: false, reason: 'denied' },
});
