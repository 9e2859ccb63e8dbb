import type { Shown } from '../../../widget/protocol/messages/holder.ts';
import { policy } from '../../../widget/protocol/policy.ts';
import { between, ends, problem, sendsBody, withBody } from '../between.ts';
import type { BrokenIssuer } from '../examined.ts';

export const ofChain: readonly BrokenIssuer[] = [
  {
    what: 'has a quota of 4',
    fails: ['quota-exhausted', 'three-a-month'],
    breaking: (running) => {
      const forgiven = new Set<string>();
      return between(async ({ call, forward }) => {
        if (ends(call, 'applications')) {
          const third = await running.store
            .selectFrom('proofs')
            .select('person')
            .where('month_ordinal', '=', 3)
            .execute();
          for (const { person } of third.filter((row) => !forgiven.has(row.person))) {
            forgiven.add(person);
            await running.store
              .updateTable('proofs')
              .set({ month: 'another' })
              .where('person', '=', person)
              .execute();
          }
        }
        return forward();
      })(running);
    },
  },
  {
    what: 'uses an application for a look',
    fails: ['view-uses-no-application', 'three-a-month'],
    breaking: between(async ({ running, call, forward }) => {
      const response = await forward();
      if (!ends(call, 'views') || response.status !== 200) return response;
      const { proof } = (await response.clone().json()) as Shown;
      await running.store
        .updateTable('proofs')
        .set((row) => ({ month_ordinal: row('month_ordinal', '+', 1) }))
        .where('number', '=', proof.number)
        .where('month_ordinal', '<', 3)
        .execute();
      return response;
    }),
  },
  {
    what: 'asks for a second check where a proof is still valid',
    fails: ['valid-proof-is-shown', 'renewal-opens'],
    breaking: between(async ({ call, forward }) => {
      const response = await forward();
      if (!ends(call, 'applications') || response.status !== 200) return response;
      const { outcome } = (await response.clone().json()) as Shown;
      return outcome === 'existing' ? problem(response, 409, 'proof-still-valid') : response;
    }),
  },
  {
    what: 'gives no reason where a proof was still valid',
    fails: ['valid-proof-is-the-reason'],
    breaking: between(async ({ call, forward }) => {
      const response = await forward();
      if (!call.startsWith('GET /v1/applications/')) return response;
      return withBody(response, (body) => {
        const { reason, ...rest } = body as { reason?: string };
        return reason === 'proof-still-valid' ? rest : body;
      });
    }),
  },
  {
    what: 'says that a proof is valid for 25 hours',
    fails: ['application-issued', 'proof-ends'],
    breaking: sendsBody(ends, (body) =>
      body.proof
        ? { ...body, proof: { ...body.proof, validUntil: body.proof.validUntil + 3600 } }
        : body,
    ),
  },
  {
    what: 'publishes a policy of its own',
    fails: ['policy-of-the-service'],
    breaking: (running) => {
      const { issuer } = running.server;
      issuer.policy = { ...issuer.policy, sessionSeconds: policy.sessionSeconds * 4 };
      return {};
    },
  },
  {
    what: 'takes a guest without consent',
    fails: ['consent', 'idempotency-keeps-no-refusal'],
    breaking: between(async ({ body, forward }) =>
      forward('consent' in body ? { body: { ...body, consent: true } } : {}),
    ),
  },
  {
    what: 'takes an application from nowhere',
    fails: ['location'],
    breaking: between(async ({ body, forward }) =>
      forward(typeof body['place'] === 'string' ? { body: { ...body, place: 'beijing' } } : {}),
    ),
  },
];
