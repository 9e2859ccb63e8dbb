import assert from 'node:assert/strict';
import { it } from 'node:test';
import { areas } from '../../mock-server/conformance/areas.ts';
import type { Area } from '../../mock-server/conformance/check.ts';
import { between, claimsOf, ends, isKeySet, signed, withBody, withCodes } from './between.ts';
import { brokenIssuers } from './broken-issuers.ts';
import { examined, fewPacks, named, type Breaking } from './examined.ts';

/** Issuers that break so much at once that what else fails does not matter. */
const badlyBroken: Record<string, Breaking> = {
  'refuses nothing': between(async ({ forward }) => {
    const response = await forward();
    const { headers, status } = response;
    const isChallenge = (await response.clone().text()).includes('use-dpop-nonce');
    return status >= 202 && !isChallenge ? new Response('{}', { status: 200, headers }) : response;
  }),
  'says wrong things': between(async ({ call, forward }) => {
    const response = await forward();
    if (isKeySet(call)) response.headers.delete('Cache-Control');
    return withBody(response, (body) => ({
      ...body,
      ...(body.issuer === undefined ? {} : { issuer: 'https://elsewhere.example' }),
      ...(body.keys && { keys: body.keys.map((key) => ({ ...key, kid: `${key.kid}-long` })) }),
      ...(body.liveness && { liveness: { ...body.liveness, attempts: 99 } }),
      ...('paths' in body ? { paths: {} } : {}),
      ...('since' in body ? { since: 0 } : {}),
      ...('status' in body && call.startsWith('GET /v1/app') ? { status: 'started' } : {}),
      ...('manifest' in body ? { manifest: 'x' } : {}),
      ...('denylist' in body ? { denylist: 'x' } : {}),
      ...('admitted' in body ? { holder: { name: 'x', number: 'x' } } : {}),
      ...(ends(call, 'views') && body.outcome ? { outcome: 'issued' } : {}),
    }));
  }),
  'has one pseudonym for all, and long codes': between(async ({ running, call, forward }) => {
    const response = await forward();
    if (!ends(call)) return response;
    const sub = 'A'.repeat(22);
    return withCodes(response, async (codes) => [
      ...(await Promise.all(codes.map((code) => signed(running, { ...claimsOf(code), sub })))),
      'x'.repeat(300),
    ]);
  }),
  'answers a second time with another outcome': (running) => {
    const seen = new Set<string>();
    return between(async ({ call, text, forward }) => {
      const response = await forward();
      const isAgain = seen.has(call + text);
      seen.add(call + text);
      const again = { outcome: 'existing', id: 'the same for all' };
      return isAgain ? withBody(response, (body) => ({ ...body, ...again })) : response;
    })(running);
  },
};

/** The checks that are not known to fail for anybody. */
const remaining = (failed: ReadonlySet<string>): Area[] =>
  areas.map(({ title, checks }) => ({
    title,
    checks: checks.filter(({ name }) => !failed.has(name)),
  }));

it('each check fails for one issuer at least', async () => {
  const failed = new Set(brokenIssuers.flatMap(({ fails }) => fails));
  for (const breaking of Object.values(badlyBroken)) {
    const examination = await examined(fewPacks(breaking), remaining(failed));
    for (const name of named(examination, 'failed')) failed.add(name);
  }
  const never = remaining(failed).flatMap(({ checks }) => checks.map(({ name }) => name));
  assert.deepEqual(never, []);
});
