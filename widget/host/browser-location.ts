import type { LocationAnswer, LocationPort } from '../flow/ports.ts';
import type { LocationFailure } from '../flow/state.ts';

/** What it needs of the browser; each part absent where the browser has none. */
export interface BrowserLocationOptions {
  geolocation: Geolocation | undefined;
  /** What has been decided before; nothing where the browser does not tell. */
  permission: () => Promise<PermissionState | undefined>;
  withheld: () => Promise<boolean>;
  /** Outside of one, browsers refuse without asking. */
  secureContext: boolean;
  after: (milliseconds: number, callback: () => void) => () => void;
}

/**
 * Longer than the browser's own timeout, which only begins when the traveller has answered the
 * prompt: some web views never call back at all (R6).
 */
const watchdogMilliseconds = 30_000;
const positionOptions: PositionOptions = {
  // A city is wanted, not a street.
  enableHighAccuracy: false,
  timeout: 10_000,
  maximumAge: 60_000,
};

/** By `GeolocationPositionError.code`; 1 is a refusal, for this time or for good. */
const failures: Record<number, LocationFailure> = { 2: 'unavailable', 3: 'timeout' };
const refusedCode = 1;

/** The browser's location. It always answers, with a position or with one of the reasons of R6. */
export function createBrowserLocation(options: BrowserLocationOptions): LocationPort {
  const { geolocation, secureContext, after } = options;
  return {
    locate: (signal) =>
      new Promise<LocationAnswer>((resolve) => {
        const fail = (reason: LocationFailure) => answer({ ok: false, reason });
        if (!geolocation || !secureContext) {
          resolve({ ok: false, reason: 'unsupported' });
          return;
        }
        const abort = () => fail('no-answer');
        const cancelWatchdog = after(watchdogMilliseconds, abort);
        signal.addEventListener('abort', abort, { once: true });
        function answer(found: LocationAnswer): void {
          cancelWatchdog();
          signal.removeEventListener('abort', abort);
          resolve(found);
        }
        geolocation.getCurrentPosition(
          ({ coords: { latitude, longitude } }) =>
            answer({ ok: true, coordinates: { latitude, longitude } }),
          ({ code }) => {
            if (code === refusedCode) void refusal(options).then(fail);
            else fail(failures[code] ?? 'unavailable');
          },
          positionOptions,
        );
      }),
  };
}

/** Once it is blocked the browser asks no more, so that only the settings help. */
async function refusal(options: BrowserLocationOptions): Promise<LocationFailure> {
  if (await options.withheld()) return 'withheld';
  return (await options.permission()) === 'denied' ? 'blocked' : 'denied';
}
