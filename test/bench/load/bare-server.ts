import { Hono } from 'hono';
import {
  calculateJwkThumbprint,
  compactVerify,
  CompactSign,
  EmbeddedJWK,
  generateKeyPair,
  jwtVerify,
  SignJWT,
  type JWK,
} from 'jose';
import { createHash, randomBytes } from 'node:crypto';
import type { StoreOptions } from '../../../mock-server/store/open-store.ts';
import { policy } from '../../../widget/protocol/policy.ts';
import { bareStore } from './bare-store.ts';
import { listen } from './listening.ts';

/**
 * The least that does the work of an issue: the same calls with the same signatures made and verified, and
 * rows that are as durable, by Hono, jose and the driver alone. It knows no rule, refuses nothing in words
 * and keeps nothing sealed: it is what the issuer is measured against.
 */
const store = await bareStore(JSON.parse(process.argv[2] ?? '{}') as StoreOptions);
const keys = await generateKeyPair('ES256');
const nonce = 'of-the-bench';
const app = new Hono();

const now = (): number => Math.floor(Date.now() / 1000);
const newId = (): string => randomBytes(16).toString('base64url');
const hash = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** Verifies a DPoP proof and uses its `jti` up. @returns the key's thumbprint */
async function authenticate(request: Request, path: string): Promise<string> {
  const proof = request.headers.get('DPoP') ?? '';
  const { payload, protectedHeader } = await compactVerify(proof, EmbeddedJWK);
  const claims = JSON.parse(new TextDecoder().decode(payload)) as Record<string, string>;
  if (claims['nonce'] !== nonce || claims['htm'] !== request.method) throw new Error('refused');
  if (!claims['htu']?.endsWith(path)) throw new Error('refused');
  const thumbprint = await calculateJwkThumbprint(protectedHeader['jwk'] as JWK);
  await store.remember(`${thumbprint} ${claims['jti']}`, now());
  return thumbprint;
}

const signPack = (grant: string): Promise<string[]> =>
  Promise.all(
    Array.from({ length: policy.grantSeconds / policy.codeSeconds }, (_, index) => {
      const nbf = now() + index * policy.codeSeconds;
      const claims = { jti: `${grant}.${index}`, sub: grant, nbf, exp: nbf + policy.codeSeconds };
      return new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
        .setProtectedHeader({ alg: 'ES256', kid: 'c1', typ: 'bid' })
        .sign(keys.privateKey);
    }),
  );

app.use(async (context, next) => {
  context.header('DPoP-Nonce', nonce);
  await next();
});
app.onError((_, context) =>
  context.json({ type: 'urn:boarding-id:problem:use-dpop-nonce' }, { status: 401 }),
);

app.post('/v1/applications', async (context) => {
  const thumbprint = await authenticate(context.req.raw, context.req.path);
  const { identity } = await context.req.json<{ identity: { number: string } }>();
  const id = newId();
  await store.apply({ id, person: hash(identity.number), thumbprint, at: now() });
  return context.json({
    id,
    liveness: { provider: `http://provider.example/liveness/${id}`, purpose: 'apply', prompts: [] },
  });
});

app.post('/liveness/:id', async (context) => {
  const assertion = await new SignJWT({ reference: context.req.param('id') })
    .setProtectedHeader({ alg: 'ES256', kid: 'l1', typ: 'bid-liveness+jwt' })
    .setExpirationTime('2 minutes')
    .sign(keys.privateKey);
  return context.json({ assertion });
});

app.post('/v1/applications/:id/liveness', async (context) => {
  const thumbprint = await authenticate(context.req.raw, context.req.path);
  const { assertion } = await context.req.json<{ assertion: string }>();
  const { payload } = await jwtVerify(assertion, keys.publicKey, { typ: 'bid-liveness+jwt' });
  const [token, publicId] = [newId(), newId().slice(0, 8)];
  await store.issue({
    application: payload['reference'] as string,
    assertion: hash(assertion),
    thumbprint,
    token: hash(token),
    publicId,
    at: now(),
  });
  return context.json({
    outcome: 'issued',
    grant: { token },
    pack: { codes: await signPack(publicId) },
  });
});

app.post('/v1/codes', async (context) => {
  await authenticate(context.req.raw, context.req.path);
  const token = context.req.header('Authorization')?.slice('DPoP '.length) ?? '';
  return context.json({ codes: await signPack(await store.takeCounters(hash(token))) });
});

await listen(app, store.close);
