import { holderCalls } from '../../../widget/protocol/calls.ts';
import { Pack } from '../../../widget/protocol/messages/holder.ts';
import { demandProblem, demandShape, inShort } from '../answer.ts';
import { demand, type Area } from '../check.ts';
import { freshCodes, look, signOut, traveller } from '../steps.ts';
import { TestHolder } from '../test-holder.ts';

export const grants: Area = {
  title: 'Grants and sign-out',
  checks: [
    {
      name: 'grant-needed',
      contract: 'protocol, POST /v1/codes',
      holds: 'Without a grant, or with a made-up one, there are no codes.',
      mend: 'Answer verification-required.',
      ask: async (issuer) => {
        const holder = await TestHolder.create(issuer);
        demandProblem(await holder.call(holderCalls.codes, { body: {} }), 'verification-required');
        demandProblem(await freshCodes(holder, 'made-up'), 'verification-required');
      },
    },
    {
      name: 'grant-of-another-key',
      contract: 'protocol, Grant: bound to the key’s thumbprint',
      holds: 'A copied grant is useless to another key.',
      mend: 'Compare the proof’s thumbprint with the grant’s.',
      ask: async (issuer) => {
        const { holder, shown } = await traveller(issuer);
        const thief = await TestHolder.create(issuer);
        demandProblem(await freshCodes(thief, shown.grant.token), 'verification-required');
        demandShape(await freshCodes(holder, shown.grant.token), Pack);
      },
    },
    {
      name: 'one-live-grant',
      contract: 'protocol, One live grant per person; R12',
      holds: 'A new grant ends the person’s old one, on another device as well as on the same.',
      mend: 'End every other grant of the person in the transaction that opens the new one.',
      ask: async (issuer) => {
        const { holder, identity, shown } = await traveller(issuer);
        const other = await TestHolder.create(issuer);
        const second = await look(other, { identity });
        demandProblem(await freshCodes(holder, shown.grant.token), 'verification-required');
        const third = await look(other, { identity });
        demandProblem(await freshCodes(other, second.grant.token), 'verification-required');
        demandShape(await freshCodes(other, third.grant.token), Pack);
      },
    },
    {
      name: 'sign-out',
      contract: 'R19; protocol, DELETE /v1/grants',
      holds: 'Sign-out by the key alone ends its grants; once more does no harm.',
      mend: 'Answer 204 without a session, and end every grant of the key.',
      ask: async (issuer) => {
        const { holder, shown } = await traveller(issuer);
        for (const _ of ['first', 'again']) {
          const answer = await holder.call(holderCalls.signOut);
          demand(answer.status === 204, '204', inShort(answer));
        }
        demandProblem(await freshCodes(holder, shown.grant.token), 'verification-required');
      },
    },
    {
      name: 'sign-out-of-this-key',
      contract: 'protocol, revokes the grants of this key',
      holds: 'Sign-out by one key leaves the grants of others alone.',
      mend: 'Select by the thumbprint of the proof.',
      ask: async (issuer) => {
        const { holder, shown } = await traveller(issuer);
        await signOut(await TestHolder.create(issuer));
        demandShape(await freshCodes(holder, shown.grant.token), Pack);
      },
    },
  ],
};
