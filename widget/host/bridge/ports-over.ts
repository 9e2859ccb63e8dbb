import type { Ports } from '../../flow/ports.ts';
import type { Obstacle } from '../../flow/state.ts';
import { LivenessReply, LocationReply, SessionReply } from './answers.ts';
import type { Conversation } from './conversation.ts';
import type { Capability } from './envelope.ts';

/** Milliseconds. */
const timeouts = {
  session: 10_000,
  /** A person may be asked first, as by a browser's prompt. */
  location: 60_000,
  /** The provider's own time is shorter; this is for a host that has forgotten. */
  liveness: 300_000,
};

/** What the browser lacks is in nobody's way where the host does it. */
const obstaclesOf: Partial<Record<Capability, readonly Obstacle[]>> = {
  location: ['location-unsupported', 'location-withheld', 'location-blocked'],
  liveness: ['camera-withheld', 'camera-missing', 'camera-blocked'],
};

/** The browser's ports, with the host's in their place wherever it has said that it can (B5). */
export function portsOver(host: Conversation, browser: Ports): Ports {
  async function mendedByHost(): Promise<ReadonlySet<Obstacle>> {
    const mended = new Set<Obstacle>();
    for (const capability of ['location', 'liveness'] as const) {
      if (!(await host.can(capability))) continue;
      for (const obstacle of obstaclesOf[capability] ?? []) mended.add(obstacle);
    }
    return mended;
  }

  return {
    ...browser,
    session: async () => {
      if (!(await host.can('session'))) return browser.session();
      const { session } = await host.ask('session', SessionReply, { within: timeouts.session });
      return session ?? undefined;
    },
    sessionGiven: async () => (await host.can('session')) || browser.sessionGiven(),
    readiness: {
      check: async () => {
        const [found, mended] = await Promise.all([browser.readiness.check(), mendedByHost()]);
        return found.filter((obstacle) => !mended.has(obstacle));
      },
    },
    location: {
      locate: async (signal) => {
        if (!(await host.can('location'))) return browser.location.locate(signal);
        try {
          return await host.ask('location', LocationReply, { signal, within: timeouts.location });
        } catch {
          return { ok: false, reason: 'no-answer' };
        }
      },
    },
    liveness: {
      run: async (transaction, signal) => {
        if (!(await host.can('liveness'))) return browser.liveness.run(transaction, signal);
        try {
          const asking = { payload: transaction, signal, within: timeouts.liveness };
          return await host.ask('liveness', LivenessReply, asking);
        } catch {
          return { status: 'refused', code: 'liveness-unavailable' };
        }
      },
    },
    settings: {
      able: () => host.can('settings'),
      open: (of) => host.tellIfAble('settings', { of }),
    },
    haptics: (kind) => {
      void host.can('haptics').then((able) => {
        if (able) host.tell('haptics', { kind });
        else browser.haptics(kind);
      });
    },
    page: {
      ...browser.page,
      scanMode: (on) => {
        host.tellIfAble('scan-mode', { on });
        // Awake twice does no harm, and a host may only know of brightness.
        browser.page.scanMode(on);
      },
    },
  };
}
