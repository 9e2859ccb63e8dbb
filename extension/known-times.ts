import type { Flow } from '../widget/index.ts';
import type { ProofTimes } from './stored-times.ts';
import type { Stored } from './stored.ts';

/**
 * Stores what a flow comes to know of the proof's times, and that there is no proof any more. A guest who
 * leaves has one still, though no code (R18), and a flow that has only begun knows nothing yet: then
 * what is stored stays.
 *
 * @param now this clock, milliseconds since the epoch
 * @param isShown false from the moment on at which nobody sees the flow any more: it may go on for a
 *   while with whoever was signed in, and must not bring back what their sign-out has cleared (R19)
 */
export function keepTimes(
  flow: Flow,
  now: () => number,
  stored: Stored<ProofTimes | undefined>,
  isShown: () => boolean,
): void {
  let last: ProofTimes | undefined;
  let isKnown = false;
  /** Whether `last` is of somebody who is not signed in. */
  let isGuests = false;

  function look(): void {
    if (!isShown()) return;
    if (isEndedEarly()) return void endEarly();
    const times = timesIn(flow, now()) ?? afterLeaving();
    if (!times && !isNone(flow.state)) return;
    if (isKnown && isSame(times, last)) return;
    isKnown = true;
    last = times;
    isGuests = !flow.state.known.registered;
    void (times ? stored.write(times) : stored.clear());
  }

  const isEndedEarly = (): boolean => flow.state.known.showing?.endedEarly === true;

  /** Ended by the issuer; unless by a check that was passed elsewhere, for then that code's end is stored already. */
  async function endEarly(): Promise<void> {
    const known = last;
    if (known?.verifyBy === undefined) return;
    const { verifyBy, ...proof } = known;
    const found = await stored.read();
    if (found?.verifyBy !== verifyBy || last !== known || !isEndedEarly()) return;
    last = proof;
    await stored.write(proof);
  }

  function afterLeaving(): ProofTimes | undefined {
    const { guestProofUntil, registered } = flow.state.known;
    if (guestProofUntil === undefined || registered || !last) return undefined;
    const { verifyBy: _, ...proof } = last;
    return proof;
  }

  /** There was one, or might have been, and there is none now. */
  function isNone({ known: { registered, me, guestProofUntil } }: Flow['state']): boolean {
    // Whoever signs in is somebody else than the guest before.
    if (registered && (me || (last && isGuests))) return true;
    return guestProofUntil === undefined && last !== undefined;
  }

  flow.subscribe(look);
}

function timesIn(flow: Flow, now: number): ProofTimes | undefined {
  const { showing, me } = flow.state.known;
  const proof = showing?.proof ?? me?.proof;
  if (!proof) return undefined;
  const { renewFrom, validUntil } = proof;
  const isLive = showing !== undefined && showing.windows.length > 0;
  return {
    renewFrom,
    validUntil,
    ...(isLive ? { verifyBy: showing.grantExpiresAt } : {}),
    clockOffset: flow.serverNow() - now,
  };
}

/** Clocks drift a little from look to look, which is no news. */
const driftMilliseconds = 2000;

function isSame(a: ProofTimes | undefined, b: ProofTimes | undefined): boolean {
  if (!a || !b) return a === b;
  return (
    a.renewFrom === b.renewFrom &&
    a.validUntil === b.validUntil &&
    a.verifyBy === b.verifyBy &&
    Math.abs(a.clockOffset - b.clockOffset) < driftMilliseconds
  );
}
