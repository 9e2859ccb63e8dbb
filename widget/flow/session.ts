import { decodeJwt } from 'jose/jwt/decode';
import type { HostEvent } from './effects.ts';
import type { Ports } from './ports.ts';

/** What the host says about who is signed in. */
export type SessionAnswer =
  | { status: 'signed-in'; user: string; token: string }
  | { status: 'nobody' }
  /** It has not said how to ask yet. */
  | { status: 'not-given' }
  /** It failed, or did not answer in time: nothing has changed as far as anyone knows. */
  | { status: 'unknown' }
  /** It gave something that is no `bid-session+jwt`. */
  | { status: 'unreadable' };

export interface Session {
  ask: () => Promise<SessionAnswer>;
  /** The session of the present user, for the issuer; `again` when the last one has expired. */
  token: (user: string | undefined, again: boolean) => Promise<string | undefined>;
}

/** A host that does not answer must not stop a traveller from applying as a guest. */
const timeoutMilliseconds = 10_000;

/** The host's session, kept in memory until the issuer calls it expired. */
export function createSession(
  ports: Pick<Ports, 'session' | 'sessionGiven' | 'after'>,
  tellHost: (event: HostEvent) => void,
): Session {
  let last: Extract<SessionAnswer, { status: 'signed-in' }> | undefined;

  async function ask(): Promise<SessionAnswer> {
    const answer = (await ports.sessionGiven())
      ? await inTime(ports)
      : ({ status: 'not-given' } as const);
    if (answer.status !== 'unknown') last = answer.status === 'signed-in' ? answer : undefined;
    const { status } = answer;
    if (status === 'unknown') tellHost({ name: 'error', code: 'session-unavailable' });
    if (status === 'unreadable') tellHost({ name: 'error', code: 'session-unreadable' });
    return answer;
  }

  return {
    ask,
    token: async (user, again) => {
      if (user === undefined) return undefined;
      if (again || !last) await ask();
      // The host has changed users without a word: the former one's calls must not go out as theirs.
      return last?.user === user ? last.token : undefined;
    },
  };
}

function inTime({ session, after }: Pick<Ports, 'session' | 'after'>): Promise<SessionAnswer> {
  return new Promise((resolve) => {
    const cancel = after(timeoutMilliseconds, () => resolve({ status: 'unknown' }));
    Promise.resolve()
      .then(session)
      .then(
        (token) => {
          cancel();
          resolve(readSession(token ?? undefined));
        },
        () => {
          cancel();
          resolve({ status: 'unknown' });
        },
      );
  });
}

/** The signature is the issuer's business: the page only needs to tell one user from another. */
function readSession(token: string | undefined): SessionAnswer {
  if (token === undefined) return { status: 'nobody' };
  try {
    const { sub } = decodeJwt(token);
    if (sub) return { status: 'signed-in', user: sub, token };
  } catch {
    return { status: 'unreadable' };
  }
  return { status: 'unreadable' };
}
