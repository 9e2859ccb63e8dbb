import { type JWK } from 'jose';
import {
  between,
  ends,
  idIn,
  isKeySet,
  problem,
  sendsBody,
  sendsHeaders,
  toPlaces,
  withBody,
} from '../between.ts';
import type { BrokenIssuer } from '../examined.ts';

export const ofPrivacy: readonly BrokenIssuer[] = [
  {
    what: 'tells before liveness that a person has a proof',
    fails: ['silent-before-liveness'],
    breaking: (running) => {
      const [numberOf, withProof] = [new Map<string, string>(), new Set<string>()];
      return between(async ({ call, body, forward }) => {
        const response = await forward();
        if (response.status !== 200) return response;
        if (ends(call)) withProof.add(numberOf.get(idIn(call)) ?? '');
        const { number } = (body['identity'] ?? {}) as { number?: string };
        if (number === undefined || !/^POST \/v1\/(applications|views)$/.test(call))
          return response;
        return withBody(response, (required) => {
          numberOf.set(required.id ?? '', number);
          return withProof.has(number) ? { ...required, proofIsValid: true } : required;
        });
      })(running);
    },
  },
  {
    what: 'says of another key’s application that it is not theirs',
    fails: ['another-keys-id'],
    breaking: between(async ({ call, forward }) => {
      const response = await forward();
      const isApplication = call.startsWith('GET /v1/applications/');
      const isForeign = isApplication && response.status === 404 && idIn(call).length > 40;
      return isForeign ? problem(response, 403, 'review-refused') : response;
    }),
  },
  {
    what: 'answers with the whole name',
    fails: ['identity-never-in-full'],
    breaking: (running) => {
      const nameOf = new Map<string, string>();
      return between(async ({ call, body, forward }) => {
        const response = await forward();
        if (response.status !== 200) return response;
        const { name } = (body['identity'] ?? {}) as { name?: string };
        return withBody(response, (answer) => {
          if (name !== undefined && answer.id !== undefined) nameOf.set(answer.id, name);
          const whole = nameOf.get(idIn(call));
          const isShown = answer.holder !== undefined && whole !== undefined;
          return isShown ? { ...answer, holder: { ...answer.holder, name: whole } } : answer;
        });
      })(running);
    },
  },
  {
    what: 'masks the name alone in what it tells the signed-in',
    fails: ['me-masked'],
    breaking: sendsBody(
      (call) => call === 'GET /v1/me',
      ({ holder, ...body }) => ({
        ...body,
        holder: holder && { ...holder, number: holder.number.replaceAll('*', '0') },
      }),
    ),
  },
  {
    what: 'sets a cookie',
    fails: ['no-cookies'],
    breaking: sendsHeaders({ 'Set-Cookie': 'visitor=1' }, ({ call }) => call === toPlaces),
  },
  {
    what: 'publishes a private key',
    fails: ['keys-public-only'],
    breaking: sendsBody(isKeySet, ({ keys = [] }) => ({
      keys: keys.map((key) => ({ ...key, d: 'AA' })),
    })),
  },
  {
    what: 'publishes the key of liveness assertions',
    fails: ['keys-of-one-kind'],
    breaking: between(async ({ running, call, forward }) => {
      const response = await forward();
      if (!isKeySet(call)) return response;
      const { kid, private_jwk } = await running.store
        .selectFrom('signing_keys')
        .select(['kid', 'private_jwk'])
        .where('kind', '=', 'liveness')
        .executeTakeFirstOrThrow();
      const { d: _, ...jwk } = JSON.parse(private_jwk) as JWK;
      return withBody(response, ({ keys = [] }) => ({
        keys: [...keys, { ...jwk, alg: 'ES256', kid, typ: 'bid-liveness+jwt' }],
      }));
    }),
  },
];
