import { mockSignIn } from './mock-sign-in.ts';
import type { Options } from './stored-options.ts';

type Session = () => Promise<string | undefined>;

const nobody: Session = () => Promise.resolve(undefined);

/**
 * For `session` of `<boarding-id>`, which takes another function for another user: so whoever stays
 * signed in keeps theirs.
 */
export function sessions(
  send: (request: Request) => Promise<Response>,
): (signedIn: Options['signedIn']) => Session {
  let held: { user: string; at: string; session: Session } | undefined;
  return (signedIn) => {
    if (!signedIn) return nobody;
    const { user, at } = signedIn;
    if (held?.user !== user || held.at !== at) {
      held = { user, at, session: mockSignIn(at, send).sessionOf(user) };
    }
    return held.session;
  };
}
