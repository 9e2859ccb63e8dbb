import { holderCalls } from '../../../widget/protocol/calls.ts';
import { ApplicationState, Shown } from '../../../widget/protocol/messages/holder.ts';
import {
  dayAfter,
  dayOf,
  startOfDay,
  startOfNextMonth,
} from '../../../widget/protocol/shanghai-time.ts';
import { demandProblem, demandShape, inShort, reached, type Answer } from '../answer.ts';
import { demand, type Area } from '../check.ts';
import { demandWindows, readable } from '../pack.ts';
import {
  apply,
  beijing,
  complete,
  freshCodes,
  look,
  pass,
  passLiveness,
  traveller,
  view,
  type By,
} from '../steps.ts';
import { TestHolder } from '../test-holder.ts';
import { signIn, someone, waitUntil, whileReviewsAreLate } from '../test-people.ts';
import type { IssuerUnderTest } from '../issuer-under-test.ts';

/** Seconds before an instant at which the answers until then still count as before it. */
const margin = 5;

const applyAnew = async (issuer: IssuerUnderTest, by: By): Promise<Answer> => {
  const holder = await TestHolder.create(issuer);
  return pass(holder, await apply(holder, by));
};

/** The same person, seen by a new key. */
const viewAnew = async (issuer: IssuerUnderTest, by: By): Promise<Answer> => {
  const holder = await TestHolder.create(issuer);
  return pass(holder, await view(holder, by));
};

/** What the passing of time ends; each check moves the issuer’s clock on. */
export const time: Area = {
  title: 'Time',
  checks: [
    {
      name: 'nonce-ends',
      contract: 'RFC 9449, section 8; protocol, Nonces',
      holds: 'A nonce is accepted for no longer than twice nonceSeconds.',
      mend: 'Derive nonces from a bucket of time; accept the current one and the last.',
      ask: async (issuer) => {
        const holder = await TestHolder.create(issuer);
        const { nonce } = holder;
        const { nonceSeconds } = (await issuer.metadata()).policy;
        await waitUntil(issuer, (await issuer.now()) + 2 * nonceSeconds + 1);
        const claims = { nonce };
        const answer = await holder.callOnce(holderCalls.place, { body: beijing }, { claims });
        demandProblem(answer, 'use-dpop-nonce');
      },
    },
    {
      name: 'liveness-ends',
      contract: 'protocol, Liveness: expiry (120 s)',
      holds: 'A liveness check is over at its end, whenever its assertion was made.',
      mend: 'Refuse with liveness-expired from expiresAt on.',
      ask: async (issuer) => {
        const holder = await TestHolder.create(issuer);
        const required = await apply(holder, { identity: someone(issuer) });
        const assertion = await passLiveness(issuer, required);
        await waitUntil(issuer, required.liveness.expiresAt);
        demandProblem(await complete(holder, required, assertion), 'liveness-expired');
      },
    },
    {
      name: 'session-ends',
      contract: 'protocol, Tokens: host session, at most 15 min',
      holds: 'A host’s session is over after sessionSeconds.',
      mend: 'Verify exp, refuse longer lives, and answer session-expired.',
      ask: async (issuer) => {
        const session = await signIn(issuer, 'adult');
        const holder = await TestHolder.create(issuer);
        const { sessionSeconds } = (await issuer.metadata()).policy;
        await waitUntil(issuer, (await issuer.now()) + sessionSeconds);
        demandProblem(await holder.call(holderCalls.me, { session }), 'session-expired');
      },
    },
    {
      name: 'grant-ends',
      contract: 'R17',
      holds: 'After its 30 minutes a grant gives no codes.',
      mend: 'Answer verification-required from expiresAt on.',
      ask: async (issuer) => {
        const { holder, shown } = await traveller(issuer);
        await waitUntil(issuer, shown.grant.expiresAt);
        const answer = await freshCodes(holder, shown.grant.token);
        demandProblem(answer, 'verification-required');
      },
    },
    {
      name: 'proof-ends',
      contract: 'R10, R17, R20; protocol, each code’s end is the earliest',
      holds: 'A proof can be looked at until its 24 hours end, its grant and codes end with it.',
      mend: 'Cut grant and last code at validUntil; from then on answer no-valid-proof.',
      ask: async (issuer) => {
        const { identity, shown } = await traveller(issuer);
        const { validUntil } = shown.proof;
        const { policy } = await issuer.metadata();
        await waitUntil(issuer, validUntil - policy.codeSeconds - margin);
        const last = demandShape(await viewAnew(issuer, { identity }), Shown);
        demand(
          last.grant.expiresAt === validUntil,
          'a grant that ends with the proof',
          `${last.grant.expiresAt - validUntil} s after it`,
        );
        const from = Math.floor(last.pack.serverTime / 1000);
        demandWindows(last.pack.codes, from, validUntil, policy.codeSeconds);
        await waitUntil(issuer, validUntil);
        demandProblem(await viewAnew(issuer, { identity }), 'no-valid-proof');
      },
    },
    {
      name: 'renewal-opens',
      contract: 'R11',
      holds: 'Before renewFrom the proof that there is is shown, from then on a new one is issued.',
      mend: 'Compare with renewFrom, to the second.',
      ask: async (issuer) => {
        const identity = someone(issuer);
        await waitUntil(issuer, await awayFromMonthsEnd(issuer));
        const { proof } = (await traveller(issuer, identity)).shown;
        await waitUntil(issuer, proof.renewFrom - margin);
        const early = demandShape(await applyAnew(issuer, { identity }), Shown);
        demand(early.outcome === 'existing', 'outcome existing before it', early.outcome);
        await waitUntil(issuer, proof.renewFrom);
        const late = demandShape(await applyAnew(issuer, { identity }), Shown);
        demand(late.outcome === 'issued', 'outcome issued from then on', late.outcome);
      },
    },
    {
      name: 'three-a-month',
      contract: 'R9, R20',
      holds:
        'Three proofs a month, whatever was looked at between them; then none, until the next.',
      mend: 'Count the month’s proofs in the chain; looks and refusals count for nothing.',
      ask: async (issuer) => {
        const identity = someone(issuer);
        const { applicationsPerMonth } = (await issuer.metadata()).policy;
        await waitUntil(issuer, await awayFromMonthsEnd(issuer));
        for (let used = 1; used <= applicationsPerMonth; used++) {
          const answer = await applyAnew(issuer, { identity });
          const came = inShort(answer);
          demand(answer.status === 200, `proof ${used} of ${applicationsPerMonth}`, came);
          const { proof } = reached(answer, Shown);
          await look(await TestHolder.create(issuer), { identity });
          await waitUntil(issuer, proof.renewFrom);
        }
        demandProblem(await applyAnew(issuer, { identity }), 'quota-exhausted');
        await waitUntil(issuer, startOfNextMonth(await issuer.now()));
        const next = demandShape(await applyAnew(issuer, { identity }), Shown);
        demand(next.outcome === 'issued', 'outcome issued in the next month', next.outcome);
      },
    },
    {
      name: 'subject-of-the-day',
      contract: 'protocol, Day pseudonym: a key of the service day',
      holds: 'On the next service day a person has another pseudonym.',
      mend: 'Take another key for each day, in Shanghai time.',
      ask: async (issuer) => {
        // A proof of midnight ends before the next day has begun.
        await waitUntil(issuer, startOfDay(dayOf(await issuer.now())) + 3600);
        const { identity, shown } = await traveller(issuer);
        const [first] = readable(shown.pack.codes);
        const day = dayOf(first?.nbf ?? 0);
        await waitUntil(issuer, startOfDay(dayAfter(day, 1)));
        const next = await look(await TestHolder.create(issuer), { identity });
        const [second] = readable(next.pack.codes);
        demand(first?.sub !== second?.sub, 'another sub', 'the same');
      },
    },
    {
      name: 'late-review',
      contract: 'R14; protocol, Review pending',
      holds:
        'A review that takes longer is pending, then approved or refused, and shows no code by itself.',
      mend: 'Answer 202 review-pending with Retry-After; let the decision extend the chain.',
      ask: async (issuer) => {
        await whileReviewsAreLate(issuer, async (decide) => {
          for (const approve of [true, false]) {
            const holder = await TestHolder.create(issuer);
            const identity = someone(issuer);
            const required = await apply(holder, { identity });
            const pending = await pass(holder, required);
            demandProblem(pending, 'review-pending');
            demand(pending.headers.has('Retry-After'), 'Retry-After', 'none');
            const path = { id: required.id };
            const state = async (): Promise<string> => {
              const answer = await holder.call(holderCalls.application, { path });
              const { status, proof } = demandShape(answer, ApplicationState);
              return proof ? `${status} with a proof` : status;
            };
            const before = await state();
            demand(before === 'review-pending', 'status review-pending', before);
            await decide(approve);
            const after = await state();
            const expected = approve ? 'approved with a proof' : 'refused';
            demand(after === expected, expected, after);
            const seen = await viewAnew(issuer, { identity });
            if (approve) demandShape(seen, Shown);
            else demandProblem(seen, 'review-refused');
          }
        });
      },
    },
  ],
};

/** Now, or the next month’s first instant where this month has too few days left. */
export async function awayFromMonthsEnd(issuer: IssuerUnderTest): Promise<number> {
  const now = await issuer.now();
  const { proofSeconds, applicationsPerMonth } = (await issuer.metadata()).policy;
  const next = startOfNextMonth(now);
  return next - now > proofSeconds * (applicationsPerMonth + 1) ? now : next;
}
