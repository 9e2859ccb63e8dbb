import { calculateJwkThumbprint, decodeJwt, exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { Target } from '../../mock-server/conformance/issuer-under-test.ts';
import { decodeBase64url } from '../../widget/protocol/code/base64url.ts';
import type { CodeClaims } from '../../widget/protocol/code/claims.ts';
import { mintCode } from '../../widget/protocol/code/mint.ts';
import type { LivenessRequired, Pack, Shown } from '../../widget/protocol/messages/holder.ts';
import type { KeySet, Metadata } from '../../widget/protocol/messages/metadata.ts';
import { ask, origin, type RunningIssuer } from '../issuer/running-issuer.ts';
import type { Breaking } from './examined.ts';

/** A request on its way to our issuer, with what a broken one looks at. */
export interface Passing {
  running: RunningIssuer;
  request: Request;
  /** `POST /v1/applications/x/liveness` */
  call: string;
  /** The body as it came. */
  text: string;
  /** The body as JSON, or an empty object. */
  body: Record<string, unknown>;
  /** Has our issuer answer, with other headers or another body where they are given. */
  forward: (change?: {
    headers?: Record<string, string | null>;
    body?: unknown;
  }) => Promise<Response>;
}

/** An issuer with somebody in between who breaks it. */
export const between =
  (answer: (passing: Passing) => Promise<Response>) =>
  (running: RunningIssuer): Pick<Target, 'send'> => ({
    send: async (request) => {
      const text = await request.text();
      return answer({
        running,
        request,
        call: `${request.method} ${new URL(request.url).pathname}`,
        text,
        body:
          text.startsWith('{') && text.length > 1
            ? (JSON.parse(text) as object as Passing['body'])
            : {},
        forward: async ({ headers: changed = {}, body } = {}) => {
          const headers = new Headers(request.headers);
          for (const [name, value] of Object.entries(changed)) {
            if (value === null) headers.delete(name);
            else headers.set(name, value);
          }
          const sent = body === undefined ? text : JSON.stringify(body);
          return running.server.app.request(request.url, {
            method: request.method,
            headers,
            ...(request.method === 'POST' ? { body: sent } : {}),
          });
        },
      });
    },
  });

/** The same answer with other headers. */
export async function withHeaders(
  response: Response,
  changed: Record<string, string | null>,
): Promise<Response> {
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(changed)) {
    if (value === null) headers.delete(name);
    else headers.set(name, value);
  }
  const { status } = response;
  return new Response(status === 204 ? null : await response.text(), { status, headers });
}

/** Whatever ours answers with. */
type AnyBody = Partial<Shown & LivenessRequired & Pack & KeySet & Metadata>;

/** The same answer with another body, where there is one in JSON. */
export async function withBody(
  response: Response,
  change: (body: AnyBody) => unknown,
): Promise<Response> {
  const { status, headers } = response;
  const text = await response.text();
  if (!text.startsWith('{')) return new Response(status === 204 ? null : text, { status, headers });
  const changed = await change(JSON.parse(text) as AnyBody);
  return new Response(JSON.stringify(changed), { status, headers });
}

/** A problem with the headers of another answer. */
export const problem = ({ headers }: Response, status: number, code: string): Response => {
  const own = new Headers(headers);
  own.set('Content-Type', 'application/problem+json');
  const document = { type: `urn:boarding-id:problem:${code}`, title: code, status };
  return new Response(JSON.stringify(document), { status, headers: own });
};

/** Whether a call ends a liveness check. */
export const ends = (call: string, kind = 'applications|views'): boolean =>
  new RegExp(`^POST /v1/(${kind})/[^/]+/liveness$`).test(call);

export const idIn = (call: string): string => call.split('/')[3] ?? '';

export const claimsOf = (code: string): CodeClaims =>
  JSON.parse(Buffer.from(decodeBase64url(code.split('.')[1] ?? '') ?? []).toString()) as CodeClaims;

/** The answer with other codes in its pack. */
export const withCodes = (
  response: Response,
  change: (codes: string[]) => Promise<string[]>,
): Promise<Response> =>
  withBody(response, async (body) => {
    if (body.pack) return { ...body, pack: { ...body.pack, codes: await change(body.pack.codes) } };
    return body.codes ? { ...body, codes: await change(body.codes) } : body;
  });

/** Signs other claims as the issuer does. */
export async function signed(running: RunningIssuer, claims: CodeClaims): Promise<string> {
  const { keyring } = running.server.issuer;
  return mintCode(claims, await keyring.signing('code', claims.nbf));
}

/** The DPoP proof of a request, unverified. */
export const dpopOf = (request: Request): Record<string, unknown> => {
  try {
    return decodeJwt(request.headers.get('DPoP') ?? '');
  } catch {
    return {};
  }
};

/** Has a call that needs no more than a key answered as if its proof were right: by another key. */
export async function asAnybody({ running, request, forward }: Passing): Promise<Response> {
  const { headers } = await ask(running, 'GET', '/.well-known/boarding-id');
  const keys = await generateKeyPair('ES256', { extractable: true });
  const { kty, crv, x, y } = await exportJWK(keys.publicKey);
  const jwk = { kty, crv, x, y } as { kty: string };
  const DPoP = await new SignJWT({
    jti: await calculateJwkThumbprint(jwk),
    htm: request.method,
    htu: origin + new URL(request.url).pathname,
    nonce: headers.get('DPoP-Nonce'),
    iat: 0,
  })
    .setProtectedHeader({ alg: 'ES256', typ: 'dpop+jwt', jwk })
    .sign(keys.privateKey);
  return forward({ headers: { DPoP } });
}

/** Sends other headers with some answers. */
export const sendsHeaders = (
  headers: Record<string, string | null>,
  which: (passing: Passing, response: Response) => boolean = () => true,
): Breaking =>
  between(async (passing) => {
    const response = await passing.forward();
    return which(passing, response) ? withHeaders(response, headers) : response;
  });

/** Answers one call with another body. */
export const sendsBody = (
  isCall: (call: string) => boolean,
  change: (body: AnyBody) => unknown,
): Breaking =>
  between(async ({ call, forward }) => {
    const response = await forward();
    return isCall(call) && response.ok ? withBody(response, change) : response;
  });

export const isKeySet = (call: string): boolean => call === 'GET /.well-known/jwks.json';
export const isMetadata = (call: string): boolean => call === 'GET /.well-known/boarding-id';

export const toPlaces = 'POST /v1/places';
