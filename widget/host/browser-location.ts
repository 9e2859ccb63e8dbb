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

/** Some web views never call back at all (R6); milliseconds. */
const watchdogMilliseconds = 30_000;
/** For finding the position, once it may be; milliseconds. */
const findingMilliseconds = 10_000;

/** By `GeolocationPositionError.code`; 1 is a refusal, for this time or for good. */
const refusedCode = 1;
const timeoutCode = 3;

/** The browser's location. It always answers, with a position or with one of the reasons of R6. */
export function createBrowserLocation(options: BrowserLocationOptions): LocationPort {
  const { geolocation, secureContext, after } = options;

  async function locate(given: Geolocation, signal: AbortSignal): Promise<LocationAnswer> {
    const isAsked = (await options.permission()) === 'prompt';
    return new Promise((resolve) => {
      const fail = (reason: LocationFailure) => answer({ ok: false, reason });
      const abort = () => fail('no-answer');
      const failLate = (reason: LocationFailure) => void lateness(options, reason).then(fail);
      const cancelWatchdog = after(watchdogMilliseconds, () => failLate('no-answer'));
      signal.addEventListener('abort', abort, { once: true });
      function answer(found: LocationAnswer): void {
        cancelWatchdog();
        signal.removeEventListener('abort', abort);
        resolve(found);
      }
      given.getCurrentPosition(
        ({ coords: { latitude, longitude } }) =>
          answer({ ok: true, coordinates: { latitude, longitude } }),
        ({ code }) => {
          if (code === refusedCode) void refusal(options).then(fail);
          else if (code === timeoutCode) failLate('timeout');
          else fail('unavailable');
        },
        {
          // A city is wanted, not a street.
          enableHighAccuracy: false,
          maximumAge: 60_000,
          // Chromium counts the time in which the traveller reads its question.
          timeout: isAsked ? watchdogMilliseconds : findingMilliseconds,
        },
      );
    });
  }

  return {
    locate: async (signal) =>
      geolocation && secureContext
        ? locate(geolocation, signal)
        : { ok: false, reason: 'unsupported' },
  };
}

/** While the browser's question stands unanswered there is no fault in what finds positions. */
const lateness = async (
  { permission }: BrowserLocationOptions,
  reason: LocationFailure,
): Promise<LocationFailure> => ((await permission()) === 'prompt' ? 'unanswered' : reason);

/** Once it is blocked the browser asks no more, so that only the settings help. */
async function refusal(options: BrowserLocationOptions): Promise<LocationFailure> {
  if (await options.withheld()) return 'withheld';
  return (await options.permission()) === 'denied' ? 'blocked' : 'denied';
}
