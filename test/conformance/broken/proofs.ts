import { asAnybody, between, dpopOf, problem, toPlaces, type Passing } from '../between.ts';
import type { Breaking, BrokenIssuer } from '../examined.ts';

/** Takes proofs that ours refuses with a problem, where something in them is so. */
const takesProofs = (
  code: string,
  isTaken: (claims: Record<string, unknown>, passing: Passing) => boolean,
  onTaken: (claims: Record<string, unknown>) => void = () => undefined,
): Breaking =>
  between(async (passing) => {
    const response = await passing.forward();
    if (response.ok) onTaken(dpopOf(passing.request));
    if (passing.call !== toPlaces || response.status !== 401) return response;
    const { type } = (await response.clone().json()) as { type: string };
    const claims = dpopOf(passing.request);
    const taken = type.endsWith(code) && isTaken(claims, passing);
    return taken ? asAnybody(passing) : response;
  });

const isTrueAddress = (claims: Record<string, unknown>, { request }: Passing): boolean =>
  claims['htu'] === request.url;

export const ofProofs: readonly BrokenIssuer[] = [
  {
    what: 'accepts a replayed DPoP proof',
    fails: ['dpop-once'],
    breaking: between(async ({ running, forward }) => {
      await running.store.deleteFrom('seen_dpop_proofs').execute();
      return forward();
    }),
  },
  {
    what: 'does not ask for its nonce',
    fails: ['dpop-nonce-needed', 'nonce-ends'],
    breaking: takesProofs('use-dpop-nonce', () => true),
  },
  {
    what: 'does not compare htu',
    fails: ['dpop-address'],
    breaking: takesProofs('invalid-dpop-proof', (claims, passing) => {
      return typeof claims['htu'] === 'string' && !isTrueAddress(claims, passing);
    }),
  },
  {
    what: 'does not compare htm',
    fails: ['dpop-method'],
    breaking: takesProofs('invalid-dpop-proof', ({ htm }) => htm === 'GET'),
  },
  {
    what: 'does not verify a proof’s signature',
    fails: ['dpop-signature'],
    breaking: (running) => {
      const seen = new Set<unknown>();
      return takesProofs(
        'invalid-dpop-proof',
        ({ jti, htm, ...claims }, passing) => {
          const isNew = !seen.has(jti);
          seen.add(jti);
          return isNew && htm === 'POST' && isTrueAddress(claims, passing);
        },
        ({ jti }) => seen.add(jti),
      )(running);
    },
  },
  {
    what: 'takes a proof without a nonce for one that is wrong',
    fails: ['dpop-nonce-needed'],
    breaking: between(async (passing) => {
      const response = await passing.forward();
      const hasNone = passing.call === toPlaces && response.status === 401;
      const isSo = hasNone && (await response.clone().text()).includes('use-dpop-nonce');
      const { nonce } = dpopOf(passing.request);
      return isSo && nonce === undefined ? problem(response, 401, 'invalid-dpop-proof') : response;
    }),
  },
  {
    what: 'refuses phones with a wrong clock',
    fails: ['dpop-any-clock'],
    breaking: between(async ({ request, forward }) => {
      const response = await forward();
      const { iat } = dpopOf(request);
      const isOff = typeof iat === 'number' && Math.abs(iat - Date.now() / 1000) > 300;
      return isOff ? problem(response, 401, 'invalid-dpop-proof') : response;
    }),
  },
];
