import { decodeJwt } from 'jose/jwt/decode';
import type { Ports } from './ports.ts';
import type { CodeWindow, Showing } from './state.ts';

/**
 * Which code holds when. Instants of windows are whole seconds on the server's clock; clocks here
 * are milliseconds.
 */

/** The server's clock as seen from the phone, however wrong the phone's own is (B3). */
export interface CodeClock {
  /** The server's clock, milliseconds since the epoch. */
  serverNow: () => number;
  /** The same in whole seconds, as windows and grants count. */
  seconds: () => number;
  /** Server's clock minus the phone's, milliseconds. */
  offset: () => number;
  /** Whether an answer has brought the server's clock, so that it is more than a guess. */
  isSet: () => boolean;
  /**
   * Whether the phone's clock has been set, or the phone has slept, since the server's clock came:
   * the two cannot be told apart, so what follows from the time is not for good until it comes again.
   */
  isDoubtful: () => boolean;
  /** An answer brought the server's clock. */
  set: (serverTime: number) => void;
  /** After a reload: the offset that was kept with the pack, until an answer brings a newer one. */
  restore: (offset: number) => void;
}

/** Further apart than this, milliseconds, the phone's two clocks have not just drifted. */
const driftMilliseconds = 2000;

/**
 * @param phone its clock, which anybody may set, and one that nobody sets, but which may stand still
 *   while the phone sleeps; of the two, the one that has gone further since is right
 */
export function createCodeClock(phone: Pick<Ports, 'now' | 'elapsed'>): CodeClock {
  let isSet = false;
  let anchor = anchorAt(phone.now());

  function anchorAt(serverTime: number) {
    return { serverTime, now: phone.now(), elapsed: phone.elapsed() };
  }
  const byNow = (): number => phone.now() - anchor.now;
  const byElapsed = (): number => phone.elapsed() - anchor.elapsed;
  const serverNow = (): number => anchor.serverTime + Math.max(byNow(), byElapsed());

  return {
    serverNow,
    seconds: () => Math.floor(serverNow() / 1000),
    offset: () => serverNow() - phone.now(),
    isSet: () => isSet,
    isDoubtful: () => Math.abs(byNow() - byElapsed()) > driftMilliseconds,
    set: (serverTime) => {
      anchor = anchorAt(serverTime);
      isSet = true;
    },
    restore: (kept) => {
      if (!isSet) anchor = anchorAt(phone.now() + kept);
    },
  };
}

/**
 * Reads when each code of a pack holds. The signature is the verifier's business, not the holder's.
 *
 * @returns in order of time, or `undefined` when the pack is empty or a code has no such claims
 */
export function windowsOf(codes: readonly string[]): readonly CodeWindow[] | undefined {
  const windows: CodeWindow[] = [];
  for (const code of codes) {
    const window = windowOf(code);
    if (!window) return undefined;
    windows.push(window);
  }
  if (windows.length === 0) return undefined;
  return windows.sort((a, b) => a.from - b.from);
}

function windowOf(code: string): CodeWindow | undefined {
  try {
    const { nbf = NaN, exp = NaN } = decodeJwt(code);
    if (!Number.isInteger(nbf) || !Number.isInteger(exp)) return undefined;
    return nbf < exp ? { code, from: nbf, until: exp } : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The window to show: of those that still hold, the one that opened last. If none has opened yet,
 * the next one, for then the phone's idea of the server's clock is a little behind, and a gate's
 * leeway covers what a blank screen would not.
 *
 * @param now server's clock, milliseconds since the epoch
 */
export function windowAt(windows: readonly CodeWindow[], now: number): CodeWindow | undefined {
  const holding = windows.filter((window) => now < window.until * 1000);
  return holding.findLast((window) => window.from * 1000 <= now) ?? holding[0];
}

/** Whole seconds until the window closes, at least 0: 60 in the first moment of a minute (R15). */
export const secondsLeft = (window: CodeWindow, now: number): number =>
  Math.max(0, Math.ceil((window.until * 1000 - now) / 1000));

/**
 * Whether the code may be shown: until the grant's end (R17) and the proof's (R10), to the second.
 *
 * @param now server's clock, whole seconds since the epoch
 */
export function showingStatus(
  showing: Pick<Showing, 'proof' | 'grantExpiresAt'>,
  now: number,
): 'live' | 'verification-required' | 'proof-ended' {
  if (now >= showing.proof.validUntil) return 'proof-ended';
  return now >= showing.grantExpiresAt ? 'verification-required' : 'live';
}
