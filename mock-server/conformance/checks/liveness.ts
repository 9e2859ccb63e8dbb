import { ApplicationState, Shown } from '../../../widget/protocol/messages/holder.ts';
import { holderCalls } from '../../../widget/protocol/calls.ts';
import { demandProblem, demandShape, reached } from '../answer.ts';
import { demand, NotOffered, type Area } from '../check.ts';
import { apply, complete, completion, pass, passLiveness, view } from '../steps.ts';
import { TestHolder } from '../test-holder.ts';
import { signIn, someone } from '../test-people.ts';

export const liveness: Area = {
  title: 'Liveness',
  checks: [
    {
      name: 'assertion-of-another-check',
      contract: 'protocol, Tokens: liveness assertion',
      holds: 'The assertion of one check does not end another, of the same key or of another.',
      mend: 'Compare reference, nonce and key thumbprint with the check that it is to end.',
      ask: async (issuer) => {
        const [holder, other] = [await TestHolder.create(issuer), await TestHolder.create(issuer)];
        const mine = await apply(holder, { identity: someone(issuer) });
        const second = await apply(holder, { identity: someone(issuer) });
        const foreign = await apply(other, { identity: someone(issuer) });
        for (const { from } of [{ from: second }, { from: foreign }]) {
          const assertion = await passLiveness(issuer, from);
          demandProblem(await complete(holder, mine, assertion), 'liveness-mismatch');
        }
      },
    },
    {
      name: 'assertion-for-a-view',
      contract: 'protocol, a view assertion can never create a proof',
      holds: 'An assertion made for a look ends no application of the same person.',
      mend: 'Compare the assertion’s purpose with the check’s.',
      ask: async (issuer) => {
        const holder = await TestHolder.create(issuer);
        const identity = someone(issuer);
        const application = await apply(holder, { identity });
        const assertion = await passLiveness(issuer, await view(holder, { identity }));
        demandProblem(await complete(holder, application, assertion), 'liveness-mismatch');
      },
    },
    {
      name: 'view-ends-no-application',
      contract: 'protocol, POST /v1/views/{id}/liveness: never touches the chain',
      holds: 'The id of an application is none of a view, and the other way round.',
      mend: 'Keep the two kinds of id apart, and answer not-found.',
      ask: async (issuer) => {
        const holder = await TestHolder.create(issuer);
        const identity = someone(issuer);
        const [application, looking] = [
          await apply(holder, { identity }),
          await view(holder, { identity }),
        ];
        for (const [required, as] of [
          [application, looking],
          [looking, application],
        ] as const) {
          const assertion = await passLiveness(issuer, required);
          const sent = { path: { id: required.id }, body: { assertion } };
          demandProblem(await holder.call(completion(as), sent), 'not-found');
        }
      },
    },
    {
      name: 'assertion-made-up',
      contract: 'protocol, Tokens; RFC 7515',
      holds: 'What the liveness provider has not signed ends no check, and leaves it open.',
      mend: 'Verify with the provider’s pinned key, alg ES256 and typ bid-liveness+jwt.',
      ask: async (issuer) => {
        const holder = await TestHolder.create(issuer);
        const required = await apply(holder, { identity: someone(issuer) });
        const assertion = await passLiveness(issuer, required);
        const [header, payload, signature = ''] = assertion.split('.');
        const unsigned = `${btoa('{"alg":"none","typ":"bid-liveness+jwt"}').replace(/=+$/, '')}.${payload}.`;
        const spoilt = `${header}.${payload}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
        for (const wrong of ['x', unsigned, spoilt]) {
          demandProblem(await complete(holder, required, wrong), 'liveness-mismatch');
        }
        demandShape(await complete(holder, required, assertion), Shown);
      },
    },
    {
      name: 'assertion-used-once',
      contract: 'protocol, consume it; When an answer does not come',
      holds:
        'The same assertion again has the same outcome and makes no second proof; another one is refused.',
      mend: 'Mark the check used with its assertion, in the transaction that issues the proof.',
      ask: async (issuer) => {
        const holder = await TestHolder.create(issuer);
        const required = await apply(holder, { identity: someone(issuer) });
        const [assertion, another] = [
          await passLiveness(issuer, required),
          await passLiveness(issuer, required),
        ];
        const first = reached(await complete(holder, required, assertion), Shown);
        const second = demandShape(await complete(holder, required, assertion), Shown);
        demand(second.outcome === 'issued', 'outcome issued again', second.outcome);
        demand(second.proof.number === first.proof.number, 'the same proof', 'another');
        if (another === assertion) {
          throw new NotOffered('needs a provider that makes a second assertion for one check');
        }
        demandProblem(await complete(holder, required, another), 'liveness-expired');
      },
    },
    {
      name: 'another-keys-check',
      contract: 'protocol, {id} of another key is not-found',
      holds: 'Another key cannot end a check, not even with its assertion.',
      mend: 'Bind each check to the key that asked for it.',
      ask: async (issuer) => {
        const [holder, thief] = [await TestHolder.create(issuer), await TestHolder.create(issuer)];
        const required = await apply(holder, { identity: someone(issuer) });
        const assertion = await passLiveness(issuer, required);
        demandProblem(await complete(thief, required, assertion), 'not-found');
        demandShape(await complete(holder, required, assertion), Shown);
      },
    },
    {
      name: 'liveness-fails',
      contract: 'R13, R14; protocol, Problems: liveness-failed',
      holds: 'Whoever fails the check gets no proof, and the application says why.',
      mend: 'Answer liveness-failed and write the refusal down; it uses no application.',
      ask: async (issuer) => {
        const holder = await TestHolder.create(issuer);
        const session = await signIn(issuer, 'liveness-fails');
        const required = await apply(holder, { session });
        demandProblem(await pass(holder, required), 'liveness-failed');
        const answer = await holder.call(holderCalls.application, { path: { id: required.id } });
        const { status, reason } = demandShape(answer, ApplicationState);
        const came = `${status}, ${reason}`;
        demand(came === 'refused, liveness-failed', 'refused, liveness-failed', came);
      },
    },
  ],
};
