import * as v from 'valibot';
import { Instant, Text } from '../../widget/protocol/messages/metadata.ts';
import type { TypedIdentity } from '../../widget/protocol/messages/holder.ts';
import {
  ProblemDocument,
  problemCodeOf,
  type ProblemCode,
} from '../../widget/protocol/problems.ts';
import { ticketKinds, type TicketKind } from '../../widget/protocol/tickets.ts';

/** Someone who can sign in. */
export const Person = v.object({ id: v.string(), label: Text, note: Text });
export type Person = v.InferOutput<typeof Person>;

export const Station = v.object({ id: v.string(), name: Text });
export type Station = v.InferOutput<typeof Station>;

export const Train = v.object({
  train: v.string(),
  /** Station ids. */
  from: v.string(),
  to: v.string(),
  departsAt: Instant,
});
export type Train = v.InferOutput<typeof Train>;

export const BoughtTicket = v.object({
  id: v.string(),
  kind: v.picklist(ticketKinds),
  train: v.string(),
  from: v.string(),
  to: v.string(),
  validFrom: Instant,
  validUntil: Instant,
});
export type BoughtTicket = v.InferOutput<typeof BoughtTicket>;

export interface TicketOrder {
  /** Id of whoever is signed in, or else the identity typed by a guest. */
  person?: string;
  identity?: TypedIdentity;
  kind: TicketKind;
  train: string;
}

/** Milliseconds. */
export const MockClock = v.object({ now: v.number(), offsetMs: v.number() });

/** What goes wrong with every call to the issuer. */
export interface Faults {
  delayMs: number;
  unavailable: boolean;
  drop: boolean;
}

const calls = {
  people: ['GET', '/mock/people', v.array(Person)],
  stations: ['GET', '/mock/stations', v.array(Station)],
  trains: ['GET', '/mock/trains', v.array(Train)],
  identityExample: [
    'GET',
    '/mock/identity-example',
    v.object({ name: v.string(), number: v.string() }),
  ],
  buy: ['POST', '/mock/tickets', v.object({ ticket: BoughtTicket })],
  session: ['POST', '/mock/sessions', v.object({ session: v.string(), expiresAt: Instant })],
  clock: ['GET', '/mock/clock', MockClock],
  moveClock: ['POST', '/mock/clock', MockClock],
  faults: ['POST', '/mock/faults', v.unknown()],
  review: ['POST', '/mock/review', v.unknown()],
  decideReviews: ['POST', '/mock/review/decisions', v.object({ decided: v.number() })],
} as const;

type Calls = typeof calls;

/** `unreachable`: no answer, or one that could not be read. */
export type OfficeFailure = ProblemCode | 'unreachable';
export type OfficeAnswer<T> = { ok: true; value: T } | { ok: false; failure: OfficeFailure };

/** The mock's own calls: what a real ticketing app asks of its own servers. */
export type TicketOffice = <Name extends keyof Calls>(
  name: Name,
  body?: unknown,
) => Promise<OfficeAnswer<v.InferOutput<Calls[Name][2]>>>;

/** @param origin of the mock server */
export function ticketOffice(
  origin: string,
  send: (request: Request) => Promise<Response>,
): TicketOffice {
  return async (name, body) => {
    const [method, path, schema] = calls[name];
    const request = new Request(new URL(path, origin), {
      method,
      cache: 'no-store',
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
    });
    try {
      const answer = await send(request);
      const content: unknown = await answer.json();
      if (!answer.ok) {
        const problem = v.safeParse(ProblemDocument, content);
        const failure = problem.success ? problemCodeOf(problem.output) : 'unreachable';
        return { ok: false, failure };
      }
      return { ok: true, value: v.parse(schema, content) };
    } catch {
      // Off the network, or an answer of another kind than this page was built for.
      return { ok: false, failure: 'unreachable' };
    }
  };
}
