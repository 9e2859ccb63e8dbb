import * as v from 'valibot';
import { keySetCall, holderCalls, type Call } from '../../../widget/protocol/calls.ts';
import { gateCalls } from '../../../widget/protocol/gate-calls.ts';

/** The calls of the contract that a gate makes, and the people at one. */
export const calls = {
  metadata: holderCalls.metadata,
  keySet: keySetCall,
  denylist: gateCalls.denylist,
  manifest: gateCalls.manifest,
  admit: gateCalls.admit,
  inspect: gateCalls.inspect,
} as const;

/**
 * unreachable: no answer, or a server that cannot answer now; refused: the issuer does not want
 * this request, for example for its credential; unreadable: an answer that is not of the contract.
 */
export type CallFailure = 'unreachable' | 'refused' | 'unreadable';

export type CallAnswer<T> = { ok: true; value: T } | { ok: false; failure: CallFailure };

/** Where the issuer is, and what a call needs of the page. */
export interface IssuerConnection {
  /** Origin of the issuer. */
  issuer: string;
  /** The gate's bearer credential. */
  credential: string;
  /** That of the people who look at codes here, where there are any. */
  crewCredential?: string;
  send: (request: Request) => Promise<Response>;
  /** A fresh signal that aborts when a call has had its time. */
  deadline: () => AbortSignal;
}

export interface Sent {
  /** Values for the path's `:parameters`. */
  path?: Record<string, string>;
  body?: unknown;
}

/** Makes one call and validates its answer; it never throws for what a network can do. */
export async function call<C extends Call & { response: v.GenericSchema }>(
  { issuer, credential, crewCredential, send, deadline }: IssuerConnection,
  { method, path, by, response }: C,
  { path: parameters = {}, body }: Sent = {},
): Promise<CallAnswer<v.InferOutput<C['response']>>> {
  const filled = path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(parameters[name] ?? ''),
  );
  const headers = new Headers();
  if (by.includes('gate')) headers.set('Authorization', `Bearer ${credential}`);
  if (by.includes('crew') && crewCredential !== undefined)
    headers.set('Authorization', `Bearer ${crewCredential}`);
  if (body !== undefined) headers.set('Content-Type', 'application/json');
  // A key set kept by the browser would hide the very key that is being looked for.
  const request = new Request(new URL(filled, issuer), {
    method,
    headers,
    cache: 'no-store',
    signal: deadline(),
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  let answer: Response;
  let text: string;
  try {
    answer = await send(request);
    text = await answer.text();
  } catch {
    return { ok: false, failure: 'unreachable' };
  }
  let content: unknown;
  try {
    // By `answer.json()` WebKit does not say that this was no JSON in the way that others do.
    content = JSON.parse(text);
  } catch {
    return { ok: false, failure: 'unreadable' };
  }
  if (!answer.ok) return { ok: false, failure: answer.status >= 500 ? 'unreachable' : 'refused' };
  const read = v.safeParse(response, content);
  return read.success ? { ok: true, value: read.output } : { ok: false, failure: 'unreadable' };
}
