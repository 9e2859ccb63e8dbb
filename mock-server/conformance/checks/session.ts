import { holderCalls } from '../../../widget/protocol/calls.ts';
import { Me, Records, Shown } from '../../../widget/protocol/messages/holder.ts';
import {
  dayOf,
  sameDayLastMonth,
  startOfNextMonth,
} from '../../../widget/protocol/shanghai-time.ts';
import * as v from 'valibot';
import { ProblemDocument } from '../../../widget/protocol/problems.ts';
import { demandProblem, demandShape, inShort, reached } from '../answer.ts';
import { demand, NotOffered, type Area } from '../check.ts';
import { apply, askToApply, complete, freshCodes, look, pass, placeOf } from '../steps.ts';
import { TestHolder } from '../test-holder.ts';
import { signIn, someone } from '../test-people.ts';

export const session: Area = {
  title: 'Signed-in travellers, quota and renewal',
  checks: [
    {
      name: 'session-needed',
      contract: 'protocol, GET /v1/me, GET /v1/records; R23',
      holds: 'Without the host’s session, or with a made-up one, nobody learns who somebody is.',
      mend: 'Answer session-required.',
      ask: async (issuer) => {
        const holder = await TestHolder.create(issuer);
        for (const call of [holderCalls.me, holderCalls.records]) {
          demandProblem(await holder.call(call), 'session-required');
          demandProblem(await holder.call(call, { session: 'made-up' }), 'session-required');
        }
      },
    },
    {
      name: 'me-masked',
      contract: 'R4, B7; protocol, GET /v1/me',
      holds: 'A signed-in traveller is told their own identity masked, and how much is left.',
      mend: 'Answer holder, documentType, applicationsLeft; never more than the ends of name and number.',
      ask: async (issuer) => {
        const session = await signIn(issuer, 'adult');
        const holder = await TestHolder.create(issuer);
        const answer = await holder.call(holderCalls.me, { session });
        const { applicationsLeft, holder: masked } = demandShape(answer, Me);
        const most = (await issuer.metadata()).policy.applicationsPerMonth;
        demand(applicationsLeft <= most, `at most ${most} left`, String(applicationsLeft));
        demand(masked.name.includes('*'), 'a masked name', 'a name without a star');
        const digits = masked.number.replaceAll(/\D/g, '').length;
        demand(digits <= 4, 'at most 4 digits of the number', `${digits}`);
      },
    },
    {
      name: 'session-or-identity',
      contract: 'R4, R7',
      holds: 'A session and a typed identity together are refused: whose would it be?',
      mend: 'Answer invalid-request.',
      ask: async (issuer) => {
        const session = await signIn(issuer, 'adult');
        const holder = await TestHolder.create(issuer);
        const place = await placeOf(holder);
        const body = { identity: someone(issuer), consent: true, place };
        demandProblem(await holder.call(holderCalls.apply, { session, body }), 'invalid-request');
      },
    },
    {
      name: 'session-of-another-document',
      contract: 'R5',
      holds: 'Whoever is registered with another document cannot apply.',
      mend: 'Answer unsupported-document for the identity behind the session.',
      ask: async (issuer) => {
        const session = await signIn(issuer, 'passport');
        const holder = await TestHolder.create(issuer);
        demandProblem(await askToApply(holder, { session }), 'unsupported-document');
      },
    },
    {
      name: 'records',
      contract: 'R23; protocol, GET /v1/records',
      holds: 'A signed-in traveller finds the application they have just made, since last month.',
      mend: 'List each application with its outcome from the same day of last month on, clamped.',
      ask: async (issuer) => {
        const session = await signIn(issuer, 'liveness-fails');
        const holder = await TestHolder.create(issuer);
        const before = await issuer.now();
        await apply(holder, { session });
        const { since, records } = demandShape(
          await holder.call(holderCalls.records, { session }),
          Records,
        );
        const [first, last] = [before, await issuer.now()].map(sameDayLastMonth);
        const isSince = since === first || since === last;
        demand(isSince, `since ${dayOf(first ?? 0)}`, `since ${dayOf(since)}`);
        const isThere = records.some(
          ({ appliedAt, status }) => appliedAt >= before - 1 && status === 'started',
        );
        demand(isThere, 'the application of a moment ago, started', 'records without it');
      },
    },
    {
      name: 'view-uses-no-application',
      contract: 'R9, R20',
      holds: 'A proof uses one application, a look at it none.',
      mend: 'Count proofs, and nothing else.',
      ask: async (issuer) => {
        const session = await signIn(issuer, 'adult');
        const holder = await TestHolder.create(issuer);
        const left = async (): Promise<number> =>
          reached(await holder.call(holderCalls.me, { session }), Me).applicationsLeft;
        const before = await left();
        const answer = await pass(holder, await apply(holder, { session }));
        if (answer.problem === 'quota-exhausted') {
          throw new NotOffered('needs “adult” to have an application left this month');
        }
        const { outcome } = reached(answer, Shown);
        const used = before - (await left());
        const expected = outcome === 'issued' ? 1 : 0;
        demand(used === expected, `${expected} used (${outcome})`, `${used}`);
        await look(holder, { session });
        const after = before - (await left());
        demand(after === expected, `still ${expected} after a look`, `${after}`);
      },
    },
    {
      name: 'me-has-the-proof',
      contract: 'R4; protocol, GET /v1/me: current proof',
      holds: 'A signed-in traveller with a valid proof is told of it before any check.',
      mend: 'Answer proof while there is a valid one, and no grant with it.',
      ask: async (issuer) => {
        const session = await signIn(issuer, 'adult');
        const holder = await TestHolder.create(issuer);
        const answer = await pass(holder, await apply(holder, { session }));
        if (answer.problem === 'quota-exhausted') {
          throw new NotOffered('needs “adult” to have an application left this month');
        }
        const { proof } = await look(holder, { session });
        const me = demandShape(await holder.call(holderCalls.me, { session }), Me);
        demand(me.proof?.number === proof.number, 'the proof', 'none or another');
      },
    },
    {
      name: 'session-is-no-other-token',
      contract: 'protocol, Tokens: each kind has its own typ and its own key',
      holds: 'A host’s session is no grant, no assertion and no proof of a key.',
      mend: 'Verify each token with the key and the typ of its kind alone.',
      ask: async (issuer) => {
        const session = await signIn(issuer, 'adult');
        const holder = await TestHolder.create(issuer);
        demandProblem(await freshCodes(holder, session), 'verification-required');
        const required = await apply(holder, { identity: someone(issuer) });
        demandProblem(await complete(holder, required, session), 'liveness-mismatch');
        const answer = await holder.callOnce(holderCalls.signOut, {}, session);
        demandProblem(answer, 'invalid-dpop-proof');
      },
    },
    {
      name: 'quota-exhausted',
      contract: 'R9; protocol, Problems',
      holds:
        'Whoever has used the month’s applications is refused after the check, and told until when.',
      mend: 'Answer quota-exhausted, availableFrom: the next month’s first instant in Shanghai.',
      ask: async (issuer) => {
        const session = await signIn(issuer, 'no-application-left');
        const holder = await TestHolder.create(issuer);
        const answer = await pass(holder, await apply(holder, { session }));
        demandProblem(answer, 'quota-exhausted');
        const problem = v.parse(ProblemDocument, answer.body);
        const expected = startOfNextMonth(await issuer.now());
        const came = problem.availableFrom;
        demand(came === expected, `availableFrom ${expected}`, String(came));
      },
    },
    {
      name: 'renewal',
      contract: 'R11, R12',
      holds: 'A proof near its end can be renewed; the new 24 hours start now, the old grant ends.',
      mend: 'Extend the chain from renewFrom on, and end the person’s grants.',
      ask: async (issuer) => {
        const session = await signIn(issuer, 'proof-ends-soon');
        const old = await TestHolder.create(issuer);
        const { proof, grant } = await look(old, { session });
        const now = await issuer.now();
        if (now < proof.renewFrom || now >= proof.validUntil - 60) {
          throw new NotOffered('needs “proof-ends-soon” with a proof that can be renewed');
        }
        const holder = await TestHolder.create(issuer);
        const answer = await pass(holder, await apply(holder, { session }));
        if (answer.problem === 'quota-exhausted') {
          throw new NotOffered('needs “proof-ends-soon” to have an application left this month');
        }
        const renewed = demandShape(answer, Shown);
        demand(renewed.outcome === 'issued', 'outcome issued', renewed.outcome);
        demand(renewed.proof.number !== proof.number, 'another proof', 'the same');
        const gone = await freshCodes(old, grant.token);
        demand(gone.problem === 'verification-required', 'the old grant ended', inShort(gone));
      },
    },
  ],
};
