import { decodeJwt, type JWTPayload } from 'jose';
import { signToken } from '../../../mock-server/issuer/signed-tokens.ts';
import type { Manifest } from '../../../widget/protocol/messages/gate.ts';
import { dayOf } from '../../../widget/protocol/shanghai-time.ts';
import { between, withBody, type Passing } from '../between.ts';
import type { Breaking, BrokenIssuer } from '../examined.ts';

/** Signs another list in place of the one that gates fetch. */
const lists = <Claims extends JWTPayload>(
  kind: 'denylist' | 'manifest',
  change: (claims: Claims, passing: Passing) => Claims | Promise<Claims>,
): Breaking =>
  between(async (passing) => {
    const { running, call, forward } = passing;
    const response = await forward();
    const isIt = call.startsWith(`GET /v1/${kind}`) && response.status === 200;
    if (!isIt) return response;
    const answer = (await response.clone().json()) as Record<string, string>;
    const claims = decodeJwt<Claims>(answer[kind] ?? '');
    const { keyring } = running.server.issuer;
    const changed = await change(claims, passing);
    const token = await signToken(keyring, kind, changed, claims.iat ?? 0);
    return withBody(response, () => ({ [kind]: token }));
  });

type Denylist = JWTPayload & { revoked: string[] };
type Listed = JWTPayload & Manifest;

export const ofLists: readonly BrokenIssuer[] = [
  {
    what: 'leaves the denylist empty',
    fails: [
      'denylist-has-sign-out',
      'denylist-has-the-superseded',
      'denylist-has-the-renewed',
      'denylist-forgets',
    ],
    breaking: lists<Denylist>('denylist', (claims) => ({ ...claims, revoked: [] })),
  },
  {
    what: 'keeps everything on the denylist that was ever on it',
    fails: ['denylist-forgets'],
    breaking: lists<Denylist>('denylist', async (claims, { running }) => {
      const ended = await running.store
        .selectFrom('grants')
        .select('public_id')
        .where('ended_at', 'is not', null)
        .execute();
      return { ...claims, revoked: ended.map(({ public_id }) => public_id) };
    }),
  },
  {
    what: 'lists a ticket where it begins alone',
    fails: ['manifest-has-the-ticket'],
    breaking: lists<Listed>('manifest', ({ tickets, ...claims }) => ({
      ...claims,
      tickets: tickets.filter(({ from }) => from === claims.station),
    })),
  },
  {
    what: 'says in its manifests who rides',
    fails: ['manifest-has-the-ticket'],
    breaking: lists<Listed>('manifest', ({ tickets, ...claims }) => ({
      ...claims,
      tickets: tickets.map((ticket) => ({ ...ticket, holder: '郑*' })),
    })),
  },
  {
    what: 'has manifests of today alone',
    fails: ['manifest-of-tomorrow'],
    breaking: lists<Listed>('manifest', ({ tickets, ...claims }) => ({
      ...claims,
      tickets: claims.day === dayOf(claims.iat) ? tickets : [],
    })),
  },
];
