import { decodeJwt } from 'jose';
import * as v from 'valibot';
import { gateCalls } from '../../widget/protocol/gate-calls.ts';
import { SignedManifest, type Manifest } from '../../widget/protocol/messages/gate.ts';
import { Pack, type Shown, type TypedIdentity } from '../../widget/protocol/messages/holder.ts';
import { Ticket, type TicketKind } from '../../widget/protocol/tickets.ts';
import { readManifest } from '../../widget/check/trust.ts';
import { reached } from './answer.ts';
import { NotOffered, NotReached } from './check.ts';
import type { IssuerUnderTest } from './issuer-under-test.ts';
import { freshCodes, traveller, type Traveller } from './steps.ts';
import { controlsOf, someone } from './test-people.ts';
import { askAsStaff, credentialFor, expected, shownCode } from './verifier.ts';

const Trains = v.array(v.object({ train: v.string() }));
const Sold = v.object({ ticket: v.omit(Ticket, ['sub']) });

/** A ticket as sold: whose it is, only the manifests say. */
export type SoldTicket = v.InferOutput<typeof Sold>['ticket'];

/**
 * Buys a ticket for the first train on sale.
 *
 * @throws {NotOffered} without test controls that sell tickets
 */
export async function buyTicket(
  issuer: IssuerUnderTest,
  identity: TypedIdentity,
  kind: TicketKind = 'single',
): Promise<SoldTicket> {
  const controls = await controlsOf(issuer);
  const answer = await issuer.send('GET', `${controls}/trains`);
  if (answer.status === 404) {
    throw new NotOffered('needs a ticket office among the test controls (trains and tickets)');
  }
  const [first] = reached(answer, Trains);
  if (!first) throw new NotOffered('needs a train on sale at the ticket office');
  const body = { identity, kind, train: first.train };
  return reached(await issuer.send('POST', `${controls}/tickets`, { body }), Sold).ticket;
}

/** Somebody with a proof and a ticket. */
export interface Rider extends Traveller {
  ticket: SoldTicket;
  /** The code that their phone shows now. */
  code: string;
}

/** @throws {NotOffered} where no gate can be asked or no ticket be had */
export async function rider(
  issuer: IssuerUnderTest,
  kind: TicketKind = 'single',
  person = someone(issuer),
): Promise<Rider> {
  credentialFor(issuer, gateCalls.admit);
  const ticket = await buyTicket(issuer, person, kind);
  const arrived = await traveller(issuer, person);
  return { ...arrived, ticket, code: shownCode(arrived.shown) };
}

/** The code that 刷新 shows: another one for the same moment. */
export async function freshCode({
  holder,
  shown,
}: Pick<Traveller, 'holder' | 'shown'>): Promise<string> {
  const pack = reached(await freshCodes(holder, shown.grant.token), Pack);
  return shownCode({ pack } satisfies Pick<Shown, 'pack'>);
}

/** A station's manifest of a service day. @throws {NotReached} where it does not verify */
export async function manifestOf(
  issuer: IssuerUnderTest,
  station: string,
  day: string,
): Promise<Manifest> {
  const path = { station, day };
  const { manifest } = reached(
    await askAsStaff(issuer, gateCalls.manifest, { path }),
    SignedManifest,
  );
  const read = await readManifest(manifest, path, await expected(issuer));
  if (!read) throw new NotReached('a manifest that does not verify');
  // With whatever it says beside the members of the contract.
  return decodeJwt<Manifest>(manifest);
}
