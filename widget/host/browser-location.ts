import type { LocationAnswer, LocationPort } from '../flow/ports.ts';
import type { LocationFailure } from '../flow/state.ts';

/** What it needs of the browser; each part absent where the browser has none. */
export interface BrowserLocationOptions {
  geolocation: Geolocation | undefined;
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

/** By `GeolocationPositionError.code`. */
const failures: Record<number, LocationFailure> = { 1: 'denied', 2: 'unavailable', 3: 'timeout' };

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
          ({ code }) => fail(failures[code] ?? 'unavailable'),
          positionOptions,
        );
      }),
  };
}
