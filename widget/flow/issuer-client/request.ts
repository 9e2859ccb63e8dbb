import { generateProof } from 'dpop';
import { sessionHeader, type Call } from '../../protocol/calls.ts';

/** What one sending of a call carries. */
export interface Sending {
  /** Address of the issuer, without a slash at its end. */
  issuer: string;
  /** For the `:id` of the call's path. */
  id?: string | undefined;
  body?: unknown;
  /** Signs the DPoP proof (RFC 9449, section 4). */
  key: CryptoKeyPair | undefined;
  nonce: string | undefined;
  session: string | undefined;
  grant: string | undefined;
  idempotencyKey: string | undefined;
  /** Goes through even if the page is left meanwhile. */
  keepalive?: boolean | undefined;
  signal: AbortSignal;
}

/** Writes the request of a call; reads nothing. A DPoP proof serves once, so each try needs its own. */
export async function requestFor(call: Call, sending: Sending): Promise<Request> {
  const { issuer, id, body, key, nonce, session, grant, idempotencyKey } = sending;
  const url = issuer + call.path.replace(':id', encodeURIComponent(id ?? ''));
  const headers = new Headers({ Accept: 'application/json' });
  if (key) headers.set('DPoP', await generateProof(key, url, call.method, nonce, grant));
  if (grant) headers.set('Authorization', `DPoP ${grant}`);
  if (session) headers.set(sessionHeader, session);
  if (idempotencyKey) headers.set('Idempotency-Key', idempotencyKey);
  if (call.request) headers.set('Content-Type', 'application/json');
  return new Request(url, {
    method: call.method,
    headers,
    body: call.request ? JSON.stringify(body) : null,
    signal: sending.signal,
    keepalive: sending.keepalive ?? false,
    cache: 'no-store',
    credentials: 'omit',
    redirect: 'error',
    referrerPolicy: 'no-referrer',
  });
}
