import { asAnybody, between, dpopOf, problem, toPlaces, type Passing } from '../between.ts';
import type { Breaking, BrokenIssuer } from '../examined.ts';

/** Takes proofs that ours refuses with a problem, where something in them is so. */
const takesProofs = (
  code: string,
  isTaken: (claims: Record<string, unknown>, passing: Passing) => boolean,
): Breaking =>
  between(async (passing) => {
    const response = await passing.forward();
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
