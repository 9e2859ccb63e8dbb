import { calculateJwkThumbprint, decodeProtectedHeader } from 'jose';
import { hashOf } from '../../../mock-server/issuer/references.ts';
import { between, ends, sendsBody } from '../between.ts';
import type { Breaking, BrokenIssuer } from '../examined.ts';

const newlyEnded: Breaking = between(async ({ running, call, forward }) => {
  if (!ends(call)) return forward();
  const ended = await running.store
    .selectFrom('grants')
    .select('public_id')
    .where('ended_at', 'is not', null)
    .execute();
  const response = await forward();
  const before = ended.map(({ public_id }) => public_id);
  let revived = running.store.updateTable('grants').set({ ended_at: null });
  if (before.length > 0) revived = revived.where('public_id', 'not in', before);
  await revived.execute();
  return response;
});

export const ofGrants: readonly BrokenIssuer[] = [
  {
    what: 'lets a grant survive a new one',
    fails: ['one-live-grant', 'denylist-has-the-superseded', 'denylist-has-the-renewed', 'renewal'],
    breaking: newlyEnded,
  },
  {
    what: 'counts a grant’s 30 minutes from a minute later',
    fails: ['pack-windows', 'grant-from-the-check', 'fresh-codes', 'proof-ends'],
    breaking: sendsBody(ends, (body) =>
      body.grant
        ? { ...body, grant: { ...body.grant, expiresAt: body.grant.expiresAt + 60 } }
        : body,
    ),
  },
  {
    what: 'gives codes to whoever has copied a grant',
    fails: ['grant-of-another-key'],
    breaking: between(async ({ running, request, call, forward }) => {
      const token = request.headers.get('Authorization')?.split(' ')[1];
      if (call !== 'POST /v1/codes' || token === undefined) return forward();
      const { jwk } = decodeProtectedHeader(request.headers.get('DPoP') ?? '');
      const thumbprint = await calculateJwkThumbprint(jwk!);
      const grant = running.store.updateTable('grants').where('token_hash', '=', hashOf(token));
      await grant.set({ thumbprint }).execute();
      return forward();
    }),
  },
  {
    what: 'ends no grant at sign-out',
    fails: [
      'sign-out',
      'denylist-has-sign-out',
      'admission',
      'inspection-refused',
      'denylist-forgets',
      'idempotency-revives-no-grant',
    ],
    breaking: between(async ({ running, call, forward }) => {
      const response = await forward();
      if (call !== 'DELETE /v1/grants') return response;
      const at = Math.floor(running.time / 1000);
      await running.store
        .updateTable('grants')
        .set({ ended_at: null })
        .where('expires_at', '>', at)
        .execute();
      return response;
    }),
  },
  {
    what: 'ends everybody’s grants at sign-out',
    fails: ['sign-out-of-this-key', 'denylist-has-sign-out'],
    breaking: between(async ({ running, call, forward }) => {
      const response = await forward();
      if (call === 'DELETE /v1/grants') {
        const at = Math.floor(running.time / 1000);
        await running.store.updateTable('grants').set({ ended_at: at }).execute();
      }
      return response;
    }),
  },
  {
    what: 'asks gates for no credential',
    fails: ['gate-credential', 'credential-of-the-other'],
    breaking: between(async ({ running, call, forward }) => {
      const { secrets } = running.server.issuer;
      const name = call.includes('inspections') ? 'crew-credential' : 'gate-credential';
      const isGate = /denylist|manifests|admissions|inspections/.test(call);
      const Authorization = `Bearer ${secrets[name].toString('base64url')}`;
      return forward(isGate ? { headers: { Authorization } } : {});
    }),
  },
];
