import { generateKeyPair } from 'jose';
import { mintCode } from '../../../widget/protocol/code/mint.ts';
import type { Shown } from '../../../widget/protocol/messages/holder.ts';
import {
  between,
  claimsOf,
  ends,
  isMetadata,
  sendsBody,
  signed,
  withCodes,
  type Passing,
} from '../between.ts';
import type { Breaking, BrokenIssuer } from '../examined.ts';

/** Answers with other codes. */
const mintsCodes = (
  change: (codes: string[], passing: Passing) => Promise<string[]>,
  which = (call: string) => ends(call) || call === 'POST /v1/codes',
): Breaking =>
  between(async (passing) => {
    const response = await passing.forward();
    return which(passing.call) ? withCodes(response, (codes) => change(codes, passing)) : response;
  });

export const ofCodes: readonly BrokenIssuer[] = [
  {
    what: 'mints codes of 90 s',
    fails: ['code-window'],
    breaking: mintsCodes((codes, { running }) =>
      Promise.all(
        codes.map((code, index) => {
          const claims = claimsOf(code);
          const isInside = index > 0 && index < codes.length - 1;
          return signed(running, isInside ? { ...claims, exp: claims.nbf + 90 } : claims);
        }),
      ),
    ),
  },
  {
    what: 'mints 31 codes',
    fails: ['pack-size', 'pack-windows', 'fresh-codes', 'proof-ends'],
    breaking: mintsCodes(async (codes, { running }) => {
      const last = claimsOf(codes.at(-1)!);
      const next = { ...last, jti: `${last.jti}z`, nbf: last.exp, exp: last.exp + 60 };
      return [...codes, await signed(running, next)];
    }),
  },
  {
    what: 'opens windows on the wall minute',
    fails: ['pack-windows', 'fresh-codes', 'proof-ends'],
    breaking: mintsCodes((codes, { running }) =>
      Promise.all(
        codes.map((code) => {
          const { jti, sub, nbf, exp } = claimsOf(code);
          return signed(running, { jti, sub, nbf: nbf - 7, exp: exp - 7 });
        }),
      ),
    ),
  },
  {
    what: 'spells a code with stray bits at its end',
    fails: ['code-form'],
    breaking: mintsCodes(async ([first = '', second = '', ...rest]) => {
      if (rest.length === 0) return [first, second];
      const last = second.at(-1)!;
      const twin = String.fromCharCode(last.charCodeAt(0) + 1);
      return [first, second.slice(0, -1) + twin, ...rest];
    }),
  },
  {
    what: 'signs fresh codes with a key that it does not publish',
    fails: [
      'code-signature',
      'second-entry',
      'exit-without-entry',
      'ride-again',
      'admitted-offline',
    ],
    breaking: mintsCodes(
      async (codes) => {
        const { privateKey } = await generateKeyPair('ES256');
        return Promise.all(
          codes.map((code) => mintCode(claimsOf(code), { kid: 'x9', privateKey })),
        );
      },
      (call) => call === 'POST /v1/codes',
    ),
  },
  {
    what: 'begins the counter of jti anew with each pack',
    fails: [
      'code-identifiers',
      'second-entry',
      'exit-without-entry',
      'ride-again',
      'admitted-offline',
    ],
    breaking: mintsCodes(
      (codes, { running }) =>
        Promise.all(
          codes.map((code, index) => {
            const claims = claimsOf(code);
            const jti = claims.jti.slice(0, 8) + index.toString(36);
            return signed(running, { ...claims, jti });
          }),
        ),
      (call) => call === 'POST /v1/codes',
    ),
  },
  {
    what: 'gives a person the same pseudonym on every day',
    fails: [
      'subject-of-the-day',
      'manifest-has-the-ticket',
      'entry-and-exit',
      'second-entry',
      'exit-without-entry',
      'ticket-needed',
      'wrong-train',
      'code-used-twice',
      'code-in-another-spelling',
      'lane-reads-twice',
      'looks-use-nothing',
      'ride-again',
      'admitted-offline',
      'inspection',
      'inspection-of-a-ticket',
      'repeat-ends',
      'manifest-of-tomorrow',
    ],
    breaking: between(async ({ running, call, forward }) => {
      const response = await forward();
      if (!ends(call) || response.status !== 200) return response;
      const { proof } = (await response.clone().json()) as Shown;
      const { person } = await running.store
        .selectFrom('proofs')
        .select('person')
        .where('number', '=', proof.number)
        .executeTakeFirstOrThrow();
      return withCodes(response, (codes) =>
        Promise.all(codes.map((code) => signed(running, { ...claimsOf(code), sub: person }))),
      );
    }),
  },
  {
    what: 'gives as many packs as it is asked for',
    fails: ['packs-of-a-grant'],
    breaking: (running) => {
      const { issuer } = running.server;
      const published = issuer.policy;
      issuer.policy = { ...published, packsPerGrant: 1000 };
      return sendsBody(isMetadata, (body) => ({ ...body, policy: published }))(running);
    },
  },
];
