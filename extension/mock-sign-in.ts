import * as v from 'valibot';
import { Text } from '../widget/protocol/messages/metadata.ts';

/** Somebody who can sign in at a mock. */
const Person = v.object({ id: v.string(), label: Text, note: Text });
export type Person = v.InferOutput<typeof Person>;

const Session = v.object({ session: v.string() });

/**
 * The sign-in of an issuer that offers one in its metadata, as only a mock does: with a real one, a session
 * comes from the host app.
 *
 * @param address `mockSignIn` of the metadata
 */
export interface MockSignIn {
  /** @throws when they cannot be had */
  people: () => Promise<Person[]>;
  /**
   * For `session` of `<boarding-id>`, which keeps it for as long as the issuer takes it. Rejects when none can be
   * had, which says nothing of anybody.
   */
  sessionOf: (user: string) => () => Promise<string>;
}

export function mockSignIn(
  address: string,
  send: (request: Request) => Promise<Response>,
): MockSignIn {
  async function call<Schema extends v.GenericSchema>(
    path: string,
    schema: Schema,
    init?: RequestInit,
  ): Promise<v.InferOutput<Schema>> {
    const answer = await send(new Request(`${address}${path}`, { cache: 'no-store', ...init }));
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
    return v.parse(schema, await answer.json());
  }

  return {
    people: () => call('/people', v.array(Person)),
    sessionOf: (user) => async () => {
      const asked = { method: 'POST', headers: { 'Content-Type': 'application/json' } };
      const body = JSON.stringify({ person: user });
      return (await call('/sessions', Session, { ...asked, body })).session;
    },
  };
}
