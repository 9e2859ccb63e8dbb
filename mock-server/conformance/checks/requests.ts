import { holderCalls, type Call } from '../../../widget/protocol/calls.ts';
import { demandProblem } from '../answer.ts';
import { type Area } from '../check.ts';
import { apply, complete, completion, freshCodes, placeOf, traveller, view } from '../steps.ts';
import { TestHolder, type HolderSent } from '../test-holder.ts';
import { someone } from '../test-people.ts';
import { shownCode } from '../verifier.ts';

/** More than any honest body. */
const tooLong = 70_000;

export const requests: Area = {
  title: 'Requests and tokens',
  checks: [
    {
      name: 'request-form',
      contract: 'protocol, What is refused early',
      holds: 'A body that is no JSON, too long or of other members than the call’s is refused.',
      mend: 'Read at most 64 kB, and take exactly the members of the call; answer invalid-request.',
      ask: async (issuer) => {
        const { holder, shown } = await traveller(issuer);
        const identity = someone(issuer);
        const [applying, looking] = [
          await apply(holder, { identity }),
          await view(holder, { identity }),
        ];
        const form = { identity, consent: true };
        const calls: [Call, HolderSent & { body: object }][] = [
          [holderCalls.apply, { body: { ...form, place: await placeOf(holder) } }],
          [holderCalls.view, { body: form }],
          [completion(applying), { path: { id: applying.id }, body: { assertion: 'x' } }],
          [completion(looking), { path: { id: looking.id }, body: { assertion: 'x' } }],
          [holderCalls.codes, { grant: shown.grant.token, body: {} }],
        ];
        for (const [call, sent] of calls) {
          const wrong = [
            '{',
            [1],
            { ...sent.body, more: 1 },
            { ...sent.body, x: 'x'.repeat(tooLong) },
          ];
          for (const body of wrong) {
            demandProblem(await holder.call(call, { ...sent, body }), 'invalid-request');
          }
        }
      },
    },
    {
      name: 'unknown-path',
      contract: 'protocol, What is refused early',
      holds: 'A path of /v1 that the contract does not have is answered as data, too.',
      mend: 'Answer not-found, a problem document, to whatever no call has; not the server’s own page.',
      ask: async (issuer) =>
        demandProblem(await issuer.ask({ method: 'GET', path: '/v1/nothing' }), 'not-found'),
    },
    {
      name: 'token-of-another-kind',
      contract: 'protocol, Tokens: each kind has its own typ and its own key',
      holds: 'Grant, code, assertion and DPoP proof each open what they are made for, and no more.',
      mend: 'Verify each token with the key and the typ of its kind alone.',
      ask: async (issuer) => {
        const { holder, shown, assertion } = await traveller(issuer);
        const grant = shown.grant.token;
        const code = shownCode(shown);
        const proof = await holder.proof(holderCalls.me, {});
        for (const session of [grant, code, assertion, proof]) {
          demandProblem(await holder.call(holderCalls.me, { session }), 'session-required');
        }
        for (const other of [code, assertion, proof]) {
          demandProblem(await freshCodes(holder, other), 'verification-required');
        }
        const required = await apply(holder, { identity: someone(issuer) });
        for (const other of [grant, code, proof]) {
          demandProblem(await complete(holder, required, other), 'liveness-mismatch');
        }
        const other = await TestHolder.create(issuer);
        for (const wrong of [grant, code, assertion]) {
          const answer = await other.callOnce(holderCalls.signOut, {}, wrong);
          demandProblem(answer, 'invalid-dpop-proof');
        }
      },
    },
  ],
};
