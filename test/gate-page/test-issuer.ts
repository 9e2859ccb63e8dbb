import { SignJWT, exportJWK, type JWTPayload } from 'jose';
import { checkCode } from '../../widget/protocol/code/check.ts';
import { memoryLedger } from '../../widget/protocol/code/ledger.ts';
import { mintCode } from '../../widget/protocol/code/mint.ts';
import { reasonCodes } from '../../widget/protocol/code/reasons.ts';
import type { AdmissionAnswer, AdmissionRequest } from '../../widget/protocol/messages/gate.ts';
import type { Metadata, PublicKey } from '../../widget/protocol/messages/metadata.ts';
import { policy } from '../../widget/protocol/policy.ts';
import { dayOf } from '../../widget/protocol/shanghai-time.ts';
import { consumes, type Ticket } from '../../widget/protocol/tickets.ts';

/**
 * The issuer's side of a gate, in the browser: real keys, real tokens, the real check. The server
 * itself needs Node; the journeys run against that one.
 */
export const origin = 'https://issuer.test';
export const station = 'beijing-south';
export const sub = 'AAAAAAAAAAAAAAAAAAAAAA';
/** 12:00 in Shanghai, 20 May 2026; whole seconds since the epoch. */
export const noon = Date.UTC(2026, 4, 20, 4) / 1000;

interface SigningKey {
  kid: string;
  typ: string;
  privateKey: CryptoKey;
  publicKey: CryptoKey;
}

export async function makeKey(kid: string, typ: string): Promise<SigningKey> {
  const { privateKey, publicKey } = await crypto.subtle.generateKey(
    { name: 'ECDSA', namedCurve: 'P-256' },
    true,
    ['sign', 'verify'],
  );
  return { kid, typ, privateKey, publicKey };
}

export const ticket = (change: Partial<Ticket> = {}): Ticket => ({
  sub,
  id: 'ticket-1',
  kind: 'single',
  train: 'G901',
  from: station,
  to: 'shanghai-hongqiao',
  validFrom: noon - 3600,
  validUntil: noon + 12 * 3600,
  ...change,
});

const signWith = (key: SigningKey, claims: JWTPayload, typ = key.typ): Promise<string> =>
  new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: key.kid, typ }).sign(key.privateKey);

export async function createIssuer() {
  const codeKey = await makeKey('c1', 'bid');
  const denylistKey = await makeKey('d1', 'bid-denylist+jwt');
  const manifestKey = await makeKey('m1', 'bid-tickets+jwt');
  const ledger = memoryLedger(policy.repeatSeconds);

  const issuer = {
    /** The issuer's clock, whole seconds since the epoch. */
    at: noon,
    online: true,
    published: [codeKey, denylistKey, manifestKey],
    revoked: [] as string[],
    tickets: [ticket()],
    /** Method and path of every request that arrived. */
    requests: [] as string[],
    codeKey,
    denylistKey,
    manifestKey,
    signDenylist: (): Promise<string> =>
      signWith(denylistKey, {
        iss: origin,
        iat: issuer.at,
        exp: issuer.at + policy.denylistMaximumSeconds,
        ttl: policy.denylistSeconds,
        revoked: issuer.revoked,
      }),
    signManifest: (asked: { station: string; day: string }): Promise<string> =>
      signWith(manifestKey, {
        iss: origin,
        iat: issuer.at,
        ...asked,
        tickets: asked.day === dayOf(noon) ? issuer.tickets : [],
      }),
    /** A code of the test's holder, in a window that begins `from` seconds from now. */
    mint: (counter: number, { from = -5, key = codeKey, grant = 'grant123', who = sub } = {}) =>
      mintCode(
        {
          jti: grant + counter.toString(36),
          sub: who,
          nbf: issuer.at + from,
          exp: issuer.at + from + policy.codeSeconds,
        },
        key,
      ),
    send: async (request: Request): Promise<Response> => {
      if (!issuer.online) throw new TypeError('Failed to fetch');
      const { pathname } = new URL(request.url);
      issuer.requests.push(`${request.method} ${pathname}`);
      const who = pathname === '/v1/inspections' ? 'crew-1' : 'gate-1';
      if (pathname.startsWith('/v1/') && request.headers.get('Authorization') !== `Bearer ${who}`) {
        return Response.json(
          { type: 'urn:boarding-id:problem:credential-required' },
          { status: 401 },
        );
      }
      return Response.json(await answer(pathname, request));
    },
  };

  async function answer(pathname: string, request: Request): Promise<unknown> {
    const [, , call, station = '', day = ''] = pathname.split('/');
    switch (call) {
      case 'boarding-id':
        return metadata(issuer.at);
      case 'jwks.json':
        return { keys: await Promise.all(issuer.published.map(publicKey)) };
      case 'denylist':
        return { denylist: await issuer.signDenylist() };
      case 'manifests':
        return { manifest: await issuer.signManifest({ station, day }) };
      case 'admissions':
      case 'inspections':
        return admit((await request.json()) as AdmissionRequest);
      default:
        throw new Error(`The gate asked for ${pathname}.`);
    }
  }

  async function admit(asked: AdmissionRequest): Promise<AdmissionAnswer> {
    const { scanned, purpose, station, lane, train } = asked;
    const verdict = await checkCode(
      { scanned, purpose, place: { station, lane, train }, at: asked.admittedAt ?? issuer.at },
      {
        keys: new Map(issuer.published.map(({ kid, publicKey }) => [kid, publicKey])),
        denylist: { revoked: new Set(issuer.revoked), issuedAt: issuer.at },
        ticketsOf: (who) => issuer.tickets.filter(({ sub }) => sub === who),
        ledger,
        policy,
      },
    );
    if (!verdict.admitted) return { ...verdict, code: reasonCodes[verdict.reason] };
    const seen = consumes(purpose)
      ? {}
      : { holder: { name: '林*满', number: '11**************11' } };
    if (!verdict.ticket) return { admitted: true, ...seen };
    const { sub: _, ...rest } = verdict.ticket;
    return { admitted: true, ticket: rest, ...seen };
  }

  return issuer;
}

export type TestIssuer = Awaited<ReturnType<typeof createIssuer>>;

async function publicKey({ kid, typ, publicKey }: SigningKey): Promise<PublicKey> {
  const { x = '', y = '' } = await exportJWK(publicKey);
  return { kty: 'EC', crv: 'P-256', alg: 'ES256', x, y, kid, typ };
}

const metadata = (at: number): Metadata => ({
  issuer: origin,
  serverTime: at * 1000,
  policy,
  documents: ['resident-id'],
  languages: ['zh', 'en'],
  livenessProvider: `${origin}/liveness`,
  endpoints: { jwks: `${origin}/jwks`, api: `${origin}/v1`, openapi: `${origin}/openapi.json` },
});
