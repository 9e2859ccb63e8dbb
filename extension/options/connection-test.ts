import * as v from 'valibot';
import type { Ports } from '../../widget/index.ts';
import { holderCalls } from '../../widget/protocol/calls.ts';
import { Metadata } from '../../widget/protocol/messages/metadata.ts';

/** Why an address is no issuer to go to. */
export type ConnectionFault = 'unreachable' | 'no-issuer' | 'other-origin';

/** What an issuer says of itself. */
export interface IssuerFacts {
  origin: string;
  /** As it names them, by RFC 5646. */
  languages: string[];
  /** Address of its sign-in, on its own origin; none with a real issuer. */
  mockSignIn: string | undefined;
}

export type Connection =
  { ok: true; issuer: IssuerFacts } | { ok: false; fault: ConnectionFault; named?: string };

const timeoutMilliseconds = 10_000;

/**
 * Asks an address for its metadata, and whether it is the issuer that it says.
 *
 * @param origin as `readAddress` gives it
 */
export async function testConnection(
  origin: string,
  { send, after }: Pick<Ports, 'send' | 'after'>,
): Promise<Connection> {
  const timeout = new AbortController();
  const cancel = after(timeoutMilliseconds, () => timeout.abort());
  try {
    const answer = await send(
      new Request(origin + holderCalls.metadata.path, {
        cache: 'no-store',
        credentials: 'omit',
        signal: timeout.signal,
      }),
    );
    return readConnection(origin, answer.ok, await answer.text());
  } catch {
    return { ok: false, fault: 'unreachable' };
  } finally {
    cancel();
  }
}

function readConnection(origin: string, isOk: boolean, text: string): Connection {
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), Metadata), text);
  if (!isOk || !read.success) return { ok: false, fault: 'no-issuer' };
  const { issuer, languages, mockSignIn } = read.output;
  if (originOf(issuer) !== origin) return { ok: false, fault: 'other-origin', named: issuer };
  // Whoever is trusted to issue may not send people elsewhere to sign in.
  const isOwn = mockSignIn !== undefined && originOf(mockSignIn) === origin;
  return { ok: true, issuer: { origin, languages, mockSignIn: isOwn ? mockSignIn : undefined } };
}

const originOf = (address: string): string | undefined =>
  URL.canParse(address) ? new URL(address).origin : undefined;
