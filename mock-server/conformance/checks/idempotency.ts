import { holderCalls } from '../../../widget/protocol/calls.ts';
import { LivenessRequired, Pack, Shown } from '../../../widget/protocol/messages/holder.ts';
import { demandProblem, inShort, reached } from '../answer.ts';
import { demand, type Area } from '../check.ts';
import type { IssuerUnderTest } from '../issuer-under-test.ts';
import { readable } from '../pack.ts';
import { apply, completion, passLiveness, placeOf, signOut, traveller } from '../steps.ts';
import { TestHolder } from '../test-holder.ts';
import { someone } from '../test-people.ts';

/** A holder about to apply for somebody, under a key of their own or a given one. */
async function applicant(issuer: IssuerUnderTest) {
  const holder = await TestHolder.create(issuer);
  const place = await placeOf(holder);
  const identity = someone(issuer);
  const body = { identity, consent: true, place };
  const send = (changed: object, idempotencyKey: string, by = holder) =>
    by.call(holderCalls.apply, { body: { ...body, ...changed }, idempotencyKey });
  return { holder, send };
}

export const idempotency: Area = {
  title: 'Idempotency',
  checks: [
    {
      name: 'idempotency-same-answer',
      contract: 'B6; protocol, Idempotency-Key',
      holds: 'The same request under the same key has the same answer, and its effect once.',
      mend: 'Keep the answer for idempotencySeconds under key thumbprint, method, path and key.',
      ask: async (issuer) => {
        const { send } = await applicant(issuer);
        const key = crypto.randomUUID();
        const first = reached(await send({}, key), LivenessRequired);
        const answer = await send({}, key);
        const second = reached(answer, LivenessRequired);
        demand(second.id === first.id, 'the same id', 'another');
      },
    },
    {
      name: 'idempotency-changed-body',
      contract: 'protocol, the fingerprint covers the body',
      holds: 'Another body under the same key is refused.',
      mend: 'Keep a hash of the body, and answer idempotency-conflict when it differs.',
      ask: async (issuer) => {
        const { send } = await applicant(issuer);
        const key = crypto.randomUUID();
        reached(await send({}, key), LivenessRequired);
        demandProblem(await send({ identity: someone(issuer) }, key), 'idempotency-conflict');
      },
    },
    {
      name: 'idempotency-of-one-holder',
      contract: 'protocol, scoped by key thumbprint, method and path',
      holds: 'Nobody meets another’s keys: the same text by another holder is another key.',
      mend: 'Put the thumbprint of the DPoP key into the scope.',
      ask: async (issuer) => {
        const { send } = await applicant(issuer);
        const key = crypto.randomUUID();
        const first = reached(await send({}, key), LivenessRequired);
        const other = await send({}, key, await TestHolder.create(issuer));
        demand(other.status === 200, '200', inShort(other));
        demand(reached(other, LivenessRequired).id !== first.id, 'an id of its own', 'the same');
      },
    },
    {
      name: 'idempotency-keeps-no-refusal',
      contract: 'protocol, The store: refusals create nothing and are not kept',
      holds: 'After a refusal the same key may be tried again, and mended.',
      mend: 'Release the key when nothing was created.',
      ask: async (issuer) => {
        const { send } = await applicant(issuer);
        const key = crypto.randomUUID();
        demandProblem(await send({ consent: false }, key), 'consent-required');
        const answer = await send({}, key);
        demand(answer.status === 200, '200', inShort(answer));
      },
    },
    {
      name: 'idempotency-of-views-and-codes',
      contract: 'protocol, Idempotency-Key on what creates',
      holds: 'A look and fresh codes asked for again under the same key are answered as at first.',
      mend: 'Keep the answers of every call that creates.',
      ask: async (issuer) => {
        const { holder, shown } = await traveller(issuer);
        const key = crypto.randomUUID();
        const viewed = async (): Promise<string> => {
          const body = { identity, consent: true };
          const answer = await holder.call(holderCalls.view, { body, idempotencyKey: key });
          return reached(answer, LivenessRequired).id;
        };
        const identity = someone(issuer);
        const isSameView = (await viewed()) === (await viewed());
        demand(isSameView, 'the same id of a look', 'another');
        const minted = async (): Promise<string | undefined> => {
          const sent = { body: {}, grant: shown.grant.token, idempotencyKey: key };
          const { codes } = reached(await holder.call(holderCalls.codes, sent), Pack);
          return readable(codes)[0]?.jti;
        };
        const isSamePack = (await minted()) === (await minted());
        demand(isSamePack, 'the same codes', 'others');
      },
    },
    {
      name: 'idempotency-under-way',
      contract: 'protocol, The store: while a first request is under way',
      holds:
        'Of requests at once under one key one has an effect; the others are told to wait for it.',
      mend: 'Claim the key before anything is done; answer unavailable, Retry-After, or wait yourself.',
      ask: async (issuer) => {
        const holder = await TestHolder.create(issuer);
        const required = await apply(holder, { identity: someone(issuer) });
        const assertion = await passLiveness(issuer, required);
        const sent = {
          path: { id: required.id },
          body: { assertion },
          idempotencyKey: crypto.randomUUID(),
        };
        const atOnce = Array.from({ length: 8 }, () => holder.callOnce(completion(required), sent));
        const grants = new Set<string>();
        for (const answer of [
          ...(await Promise.all(atOnce)),
          await holder.callOnce(completion(required), sent),
        ]) {
          if (answer.status === 200) {
            grants.add(reached(answer, Shown).grant.token);
          } else {
            demandProblem(answer, 'unavailable');
            const wait = answer.headers.get('Retry-After') ?? 'nothing';
            demand(/^\d+$/.test(wait), 'Retry-After in seconds', wait);
          }
        }
        demand(grants.size === 1, 'one grant for all', `${grants.size}`);
      },
    },
    {
      name: 'idempotency-revives-no-grant',
      contract: 'protocol, once its grant is revoked a replay returns none',
      holds: 'A repeated completion shows the same grant while it lives, and none after sign-out.',
      mend: 'Before repeating a kept answer, look whether its grant lives.',
      ask: async (issuer) => {
        const holder = await TestHolder.create(issuer);
        const required = await apply(holder, { identity: someone(issuer) });
        const assertion = await passLiveness(issuer, required);
        const idempotencyKey = crypto.randomUUID();
        const send = () =>
          holder.call(completion(required), {
            path: { id: required.id },
            body: { assertion },
            idempotencyKey,
          });
        const first = reached(await send(), Shown);
        const second = reached(await send(), Shown);
        demand(second.grant.token === first.grant.token, 'the same grant', 'another');
        await signOut(holder);
        demandProblem(await send(), 'verification-required');
      },
    },
  ],
};
