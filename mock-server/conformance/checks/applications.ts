import { holderCalls } from '../../../widget/protocol/calls.ts';
import {
  ApplicationState,
  LivenessRequired,
  PlaceFound,
  Shown,
} from '../../../widget/protocol/messages/holder.ts';
import { demandProblem, demandShape } from '../answer.ts';
import { demand, type Area } from '../check.ts';
import { apply, askToApply, beijing, pass, placeOf, traveller, view } from '../steps.ts';
import { TestHolder } from '../test-holder.ts';
import { someone } from '../test-people.ts';
import { typedIdentities } from './typed-identities.ts';

export const applications: Area = {
  title: 'Places and applications',
  checks: [
    {
      name: 'place',
      contract: 'protocol, POST /v1/places; R6, R9',
      holds: 'Coordinates are answered with a city, and coordinates off the globe refused.',
      mend: 'Answer id, city and windows; refuse latitudes beyond 90 and unknown members.',
      ask: async (issuer) => {
        const holder = await TestHolder.create(issuer);
        demandShape(await holder.call(holderCalls.place, { body: beijing }), PlaceFound);
        for (const body of [{ latitude: 91, longitude: 0 }, { ...beijing, more: 1 }, '{', []]) {
          demandProblem(await holder.call(holderCalls.place, { body }), 'invalid-request');
        }
      },
    },
    {
      name: 'application-begins',
      contract: 'protocol, POST /v1/applications; R13',
      holds: 'An application is answered with its id and the liveness check to pass next.',
      mend: 'Answer id and liveness: purpose apply, at most 3 attempts, over after at most 120 s.',
      ask: async (issuer) => {
        const holder = await TestHolder.create(issuer);
        const answer = await askToApply(holder, { identity: someone(issuer) });
        const { liveness } = demandShape(answer, LivenessRequired);
        const { policy } = await issuer.metadata();
        demand(liveness.purpose === 'apply', 'purpose apply', liveness.purpose);
        const attempts = `at most ${policy.livenessAttempts} attempts`;
        demand(liveness.attempts <= policy.livenessAttempts, attempts, String(liveness.attempts));
        const left = liveness.expiresAt - (await issuer.now());
        const isSoon = left > 0 && left <= policy.livenessSeconds;
        demand(isSoon, `an end within ${policy.livenessSeconds} s`, `${left} s`);
      },
    },
    ...typedIdentities,
    {
      name: 'consent',
      contract: 'R7',
      holds: 'A guest who does not confirm to act for themselves is refused, before and at a look.',
      mend: 'Answer consent-required unless consent is true.',
      ask: async (issuer) => {
        const holder = await TestHolder.create(issuer);
        const body = { identity: someone(issuer), consent: false };
        const place = await placeOf(holder);
        demandProblem(
          await holder.call(holderCalls.apply, { body: { ...body, place } }),
          'consent-required',
        );
        demandProblem(await holder.call(holderCalls.view, { body }), 'consent-required');
      },
    },
    {
      name: 'location',
      contract: 'R6',
      holds: 'Without a place that the issuer knows there is no application.',
      mend: 'Answer location-required for an empty or unknown place.',
      ask: async (issuer) => {
        const holder = await TestHolder.create(issuer);
        for (const place of ['', 'nowhere-at-all']) {
          const body = { identity: someone(issuer), consent: true, place };
          demandProblem(await holder.call(holderCalls.apply, { body }), 'location-required');
        }
      },
    },
    {
      name: 'who-asks',
      contract: 'R4, R7',
      holds: 'Whoever neither types an identity nor shows a session is asked for one.',
      mend: 'Answer session-required.',
      ask: async (issuer) => {
        const holder = await TestHolder.create(issuer);
        const body = { consent: true };
        const place = await placeOf(holder);
        demandProblem(
          await holder.call(holderCalls.apply, { body: { ...body, place } }),
          'session-required',
        );
        demandProblem(await holder.call(holderCalls.view, { body }), 'session-required');
      },
    },
    {
      name: 'application-issued',
      contract: 'R10, R11, R14; protocol, POST /v1/applications/{id}/liveness',
      holds: 'A passed check gives a proof of 24 hours to the second, a grant and a pack.',
      mend: 'Issue at one instant: validUntil and renewFrom follow from it by the policy.',
      ask: async (issuer) => {
        const { answer } = await traveller(issuer);
        const { outcome, proof, pack } = demandShape(answer, Shown);
        const { policy } = await issuer.metadata();
        demand(outcome === 'issued', 'outcome issued', outcome);
        const valid = proof.validUntil - proof.issuedAt;
        const { proofSeconds, renewBeforeSeconds } = policy;
        demand(valid === proofSeconds, `a proof of ${proofSeconds} s`, `${valid} s`);
        const renewal = proof.validUntil - proof.renewFrom;
        const before = `renewal from ${renewBeforeSeconds} s before the end`;
        demand(renewal === renewBeforeSeconds, before, `${renewal} s`);
        const off = Math.abs(proof.issuedAt - pack.serverTime / 1000);
        demand(off <= 2, 'issued now', `${off} s off`);
      },
    },
    {
      name: 'application-outcome',
      contract: 'protocol, GET /v1/applications/{id}: never mints a grant; R14, B6',
      holds:
        'The outcome can be asked for again: first started, then approved; never with a grant.',
      mend: 'Answer status, reason and proof, and nothing that shows a code.',
      ask: async (issuer) => {
        const holder = await TestHolder.create(issuer);
        const required = await apply(holder, { identity: someone(issuer) });
        const state = () => holder.call(holderCalls.application, { path: { id: required.id } });
        const before = demandShape(await state(), ApplicationState);
        demand(before.status === 'started', 'status started', before.status);
        await pass(holder, required);
        const answer = await state();
        const after = demandShape(answer, ApplicationState);
        demand(after.status === 'approved', 'status approved', after.status);
        demand(after.proof !== undefined, 'the proof with it', 'none');
        const more = Object.keys(answer.body as object).filter(
          (name) => !['status', 'reason', 'proof'].includes(name),
        );
        demand(more.length === 0, 'status, reason and proof alone', more.join(', '));
      },
    },
    {
      name: 'valid-proof-is-shown',
      contract: 'R7, R11; protocol, POST /v1/applications/{id}/liveness',
      holds: 'Whoever applies with a proof still valid is shown that proof by the one check.',
      mend: 'Answer 200 existing with the proof’s grant; ask for no second check, issue no second proof.',
      ask: async (issuer) => {
        const { identity, shown } = await traveller(issuer);
        const holder = await TestHolder.create(issuer);
        const again = await pass(holder, await apply(holder, { identity }));
        const { outcome, proof } = demandShape(again, Shown);
        demand(outcome === 'existing', 'outcome existing', outcome);
        demand(proof.number === shown.proof.number, 'the same proof', 'another');
      },
    },
    {
      name: 'valid-proof-is-the-reason',
      contract: 'protocol, Problems: proof-still-valid; R23',
      holds:
        'The application that found a valid proof is refused, for that reason, and has none itself.',
      mend: 'Write it down as refused, proof-still-valid; it uses no application.',
      ask: async (issuer) => {
        const { identity } = await traveller(issuer);
        const holder = await TestHolder.create(issuer);
        const required = await apply(holder, { identity });
        await pass(holder, required);
        const path = { id: required.id };
        const answer = await holder.call(holderCalls.application, { path });
        const { status, reason, proof } = demandShape(answer, ApplicationState);
        const came = `${status}, ${reason}, ${proof ? 'with' : 'without'} a proof`;
        const expected = 'refused, proof-still-valid, without a proof';
        demand(came === expected, expected, came);
      },
    },
    {
      name: 'view-shows-the-proof',
      contract: 'R7, R20; protocol, POST /v1/views',
      holds: 'A look shows the proof that there is, for its own check with the purpose view.',
      mend: 'Answer existing with the same proof and a grant of its own.',
      ask: async (issuer) => {
        const { identity, shown } = await traveller(issuer);
        const holder = await TestHolder.create(issuer);
        const required = await view(holder, { identity });
        demand(required.liveness.purpose === 'view', 'purpose view', required.liveness.purpose);
        const seen = demandShape(await pass(holder, required), Shown);
        demand(seen.outcome === 'existing', 'outcome existing', seen.outcome);
        demand(seen.proof.number === shown.proof.number, 'the same proof', 'another');
        demand(seen.grant.token !== shown.grant.token, 'a new grant', 'the old one');
      },
    },
    {
      name: 'view-without-a-proof',
      contract: 'protocol, Problems: no-valid-proof',
      holds: 'A look where there is no proof says so after the check, and creates none.',
      mend: 'Answer no-valid-proof; a view never touches the chain.',
      ask: async (issuer) => {
        const identity = someone(issuer);
        for (const _ of ['first', 'again']) {
          const holder = await TestHolder.create(issuer);
          demandProblem(await pass(holder, await view(holder, { identity })), 'no-valid-proof');
        }
      },
    },
  ],
};
