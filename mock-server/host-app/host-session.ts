import type { TicketOffice } from './ticket-office.ts';

/** A token this close to its end is not handed out any more; seconds. */
const spareSeconds = 60;

/**
 * What the component is given as `session`: the host's token for whoever is signed in, a fresh one
 * when the last is about to end.
 *
 * @param person id of whoever is signed in
 * @param now milliseconds since the epoch
 * @returns a function that rejects when no token can be had: answering `undefined` would say that
 *   somebody signed out
 */
export function hostSession(
  office: TicketOffice,
  person: string | undefined,
  now: () => number,
): () => Promise<string | undefined> {
  let held: { session: string; expiresAt: number } | undefined;
  return async () => {
    if (person === undefined) return undefined;
    if (!held || now() / 1000 > held.expiresAt - spareSeconds) {
      const answer = await office('session', { person });
      if (!answer.ok) throw new Error(`No session: ${answer.failure}.`);
      held = answer.value;
    }
    return held.session;
  };
}
