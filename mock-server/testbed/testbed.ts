import { Hono } from 'hono';
import * as v from 'valibot';
import { TypedIdentity } from '../../widget/protocol/messages/holder.ts';
import { readIdentity, type Identity } from '../../widget/protocol/identity.ts';
import { Problem } from '../../widget/protocol/problems.ts';
import { ticketKinds } from '../../widget/protocol/tickets.ts';
import { anyOrigin } from '../http/any-origin.ts';
import { secondsOf } from '../http/clock.ts';
import { readBody } from '../http/request-body.ts';
import type { Issuer } from '../issuer/issuer.ts';
import { decideReviews } from '../issuer/review.ts';
import { signToken } from '../issuer/signed-tokens.ts';
import type { AdvancingClock } from './clock.ts';
import { Faults, noFaults } from './faults.ts';
import { LivenessAttempt, type MockLivenessProvider } from './liveness-provider.ts';
import { madeUpGuest, people, type MockPerson } from './people.ts';
import { arrangeSituation } from './situations.ts';
import { stations } from './stations.ts';
import { sellTicket, trainsAt } from './ticket-office.ts';

/** Everything that only a mock has, under `/mock`. */
export interface Testbed {
  app: Hono;
  faults: () => Faults;
}

const TicketOrder = v.strictObject({
  person: v.optional(v.string()),
  identity: v.optional(TypedIdentity),
  kind: v.picklist(ticketKinds),
  train: v.string(),
});

export function createTestbed(
  issuer: Issuer,
  clock: AdvancingClock,
  provider: MockLivenessProvider,
): Testbed {
  const app = new Hono().basePath('/mock');
  let faults = noFaults;
  const at = (): number => secondsOf(clock.now);
  const clockState = () => ({ now: clock.now(), offsetMs: clock.offsetMs() });

  app.use(anyOrigin());

  app.get('/people', (context) =>
    context.json(people.map(({ id, label, note }) => ({ id, label, note }))),
  );
  app.get('/identity-example', (context) => context.json(madeUpGuest(issuer.random)));

  app.post('/sessions', async (context) => {
    const { person: id } = await readBody(context.req, v.strictObject({ person: v.string() }));
    const person = personById(id);
    const now = at();
    await arrangeSituation(issuer, person, now);
    const claims = {
      iss: issuer.hostApp,
      aud: issuer.origin,
      sub: `mock-user-${person.id}`,
      identity: person.id,
      iat: now,
      exp: now + issuer.policy.sessionSeconds,
    };
    const session = await signToken(issuer.keyring, 'session', claims, now);
    return context.json({ session, expiresAt: claims.exp });
  });

  app.get('/clock', (context) => context.json(clockState()));
  app.post('/clock', async (context) => {
    const seconds = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(366 * 86_400));
    const { advanceSeconds } = await readBody(
      context.req,
      v.strictObject({ advanceSeconds: v.nullable(seconds) }),
    );
    await clock.advance(advanceSeconds ?? undefined);
    return context.json(clockState());
  });

  app.get('/stations', (context) => context.json(stations.map(({ id, name }) => ({ id, name }))));
  app.get('/trains', (context) => context.json(trainsAt(at())));
  app.post('/tickets', async (context) => {
    const order = await readBody(context.req, TicketOrder);
    const now = at();
    const train = trainsAt(now).find((candidate) => candidate.train === order.train);
    if (!train) throw new Problem('not-found', { detail: 'train' });
    const ticket = await sellTicket(issuer, riderOf(order, now), order.kind, train, now);
    return context.json({
      ticket: {
        id: ticket.id,
        kind: ticket.kind,
        train: ticket.train,
        from: ticket.from_station,
        to: ticket.to_station,
        validFrom: ticket.valid_from,
        validUntil: ticket.valid_until,
      },
    });
  });

  app.post('/liveness/:transaction', async (context) => {
    const attempt = await readBody(context.req, LivenessAttempt);
    return context.json(await provider.attempt(context.req.param('transaction'), attempt, at()));
  });
  app.post('/review', async (context) => {
    const { late } = await readBody(context.req, v.strictObject({ late: v.boolean() }));
    provider.reviewLate(late);
    return context.json({ late });
  });
  app.post('/review/decisions', async (context) => {
    const { approve } = await readBody(context.req, v.strictObject({ approve: v.boolean() }));
    return context.json({ decided: await decideReviews(issuer, approve, at()) });
  });

  app.post('/faults', async (context) => {
    faults = await readBody(context.req, Faults);
    return context.json(faults);
  });

  return { app, faults: () => faults };
}

function personById(id: string): MockPerson {
  const person = people.find((candidate) => candidate.id === id);
  if (!person) throw new Problem('not-found', { detail: 'person' });
  return person;
}

function riderOf(order: v.InferOutput<typeof TicketOrder>, at: number): Identity {
  if (order.person !== undefined) return personById(order.person).identity;
  if (!order.identity) throw new Problem('invalid-request', { detail: 'person or identity' });
  const result = readIdentity(order.identity, at);
  if (!result.ok) throw new Problem(result.problem);
  return result.identity;
}
