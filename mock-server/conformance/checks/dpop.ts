import { generateKeyPair, exportJWK } from 'jose';
import { holderCalls } from '../../../widget/protocol/calls.ts';
import { PlaceFound } from '../../../widget/protocol/messages/holder.ts';
import { demandProblem, demandShape, inShort, reached } from '../answer.ts';
import { demand, type Area } from '../check.ts';
import type { IssuerUnderTest } from '../issuer-under-test.ts';
import { beijing, traveller } from '../steps.ts';
import { hashOf, TestHolder, type Change } from '../test-holder.ts';

const place = holderCalls.place;
const sent = { body: beijing };

/** Each of these proofs must be refused, at a call that needs nothing but the key. */
async function refuses(issuer: IssuerUnderTest, ...changes: readonly Change[]): Promise<void> {
  const holder = await TestHolder.create(issuer);
  for (const change of changes) {
    demandProblem(await holder.callOnce(place, sent, change), 'invalid-dpop-proof');
  }
}

export const dpop: Area = {
  title: 'DPoP and nonces',
  checks: [
    {
      name: 'dpop-needed',
      contract: 'RFC 9449, section 4.3',
      holds: 'A holder’s call without a DPoP proof, or with what is none, is refused.',
      mend: 'Ask for exactly one DPoP header on each call by “key”.',
      ask: async (issuer) => {
        const holder = await TestHolder.create(issuer);
        for (const proof of [null, 'x', 'e30.e30.']) {
          demandProblem(await holder.callOnce(place, sent, proof), 'invalid-dpop-proof');
        }
      },
    },
    {
      name: 'dpop-method',
      contract: 'RFC 9449, section 4.3, item 8',
      holds: 'A proof made for another method is refused.',
      mend: 'Compare htm with the request’s method.',
      ask: (issuer) => refuses(issuer, { claims: { htm: 'GET' } }),
    },
    {
      name: 'dpop-address',
      contract: 'RFC 9449, section 4.3, item 9; protocol, HTTP',
      holds: 'A proof made for another path or another origin is refused.',
      mend: 'Compare htu, without query and fragment, with the configured public origin and the path.',
      ask: (issuer) =>
        refuses(
          issuer,
          { claims: { htu: issuer.addressOf(holderCalls.codes) } },
          { claims: { htu: `https://elsewhere.example${place.path}` } },
        ),
    },
    {
      name: 'dpop-signature',
      contract: 'RFC 9449, section 4.3, items 5 to 7',
      holds: 'A proof is signed by the public P-256 key in it, with ES256 and the type dpop+jwt.',
      mend: 'Verify with the header’s own jwk; refuse other algorithms, other types and private keys.',
      ask: async (issuer) => {
        const other = await generateKeyPair('ES256', { extractable: true });
        await refuses(
          issuer,
          { key: other.privateKey },
          { header: { typ: 'JWT' } },
          { header: { jwk: await exportJWK(other.privateKey) }, key: other.privateKey },
        );
      },
    },
    {
      name: 'dpop-once',
      contract: 'RFC 9449, section 11.1; protocol, seen jti are kept for the nonce’s life',
      holds: 'A proof opens one call: the second with the same jti is refused.',
      mend: 'Remember each jti for as long as its nonce is accepted, in the store that servers share.',
      ask: async (issuer) => {
        const holder = await TestHolder.create(issuer);
        const proof = await holder.proof(place, {});
        reached(await holder.callOnce(place, sent, proof), PlaceFound);
        demandProblem(await holder.callOnce(place, sent, proof), 'invalid-dpop-proof');
      },
    },
    {
      name: 'dpop-nonce-needed',
      contract: 'RFC 9449, section 8; protocol, the nonce alone proves freshness',
      holds:
        'A proof without the issuer’s nonce, or with a made-up one, is answered with the right one.',
      mend: 'Answer 401 use-dpop-nonce, WWW-Authenticate: DPoP error="use_dpop_nonce", and DPoP-Nonce.',
      ask: async (issuer) => {
        const holder = await TestHolder.create(issuer);
        for (const nonce of [undefined, 'made-up']) {
          const answer = await holder.callOnce(place, sent, { claims: { nonce } });
          demandProblem(answer, 'use-dpop-nonce');
          const challenge = answer.headers.get('WWW-Authenticate') ?? 'nothing';
          const isRight = /^DPoP .*error="use_dpop_nonce"/.test(challenge);
          demand(isRight, 'WWW-Authenticate: DPoP error="use_dpop_nonce"', challenge);
          demandShape(await holder.callOnce(place, sent), PlaceFound);
        }
      },
    },
    {
      name: 'dpop-any-clock',
      contract: 'B3; protocol, iat is not checked',
      holds: 'A phone with a wrong clock is served: iat does not matter.',
      mend: 'Do not compare iat; the nonce proves freshness.',
      ask: async (issuer) => {
        const holder = await TestHolder.create(issuer);
        for (const iat of [0, 4_000_000_000]) {
          const answer = await holder.callOnce(place, sent, { claims: { iat } });
          demand(answer.status === 200, `200 at iat ${iat}`, inShort(answer));
        }
      },
    },
    {
      name: 'dpop-bound-to-grant',
      contract: 'RFC 9449, section 4.3, item 10',
      holds: 'A grant needs a proof made for it: with another ath, or none, it is refused.',
      mend: 'Compare ath with the SHA-256 of the grant that came along.',
      ask: async (issuer) => {
        const { holder, shown } = await traveller(issuer);
        const grant = shown.grant.token;
        for (const ath of [undefined, await hashOf('another')]) {
          const change = { claims: { ath } };
          const answer = await holder.callOnce(holderCalls.codes, { grant, body: {} }, change);
          demandProblem(answer, 'invalid-dpop-proof');
        }
      },
    },
  ],
};
