import type { Ticket } from '../../widget/protocol/tickets.ts';
import type { Store } from './open-store.ts';
import type { TicketRow } from './schema.ts';

/** Where and for whom a ticket stands in the manifests. */
export interface ManifestEntry {
  station: string;
  /** Service day, `YYYY-MM-DD`. */
  day: string;
  /** The holder's pseudonym of that day. */
  sub: string;
}

export async function addTicket(
  store: Store,
  ticket: TicketRow,
  entries: ManifestEntry[],
): Promise<void> {
  await store.transaction().execute(async (transaction) => {
    await transaction.insertInto('tickets').values(ticket).execute();
    await transaction
      .insertInto('manifest_rows')
      .values(entries.map((entry) => ({ ...entry, ticket_id: ticket.id })))
      .execute();
  });
}

const rows = (store: Store) =>
  store
    .selectFrom('manifest_rows')
    .innerJoin('tickets', 'tickets.id', 'manifest_rows.ticket_id')
    .selectAll('tickets')
    .select('manifest_rows.sub');

/** The tickets of a station's manifest of one service day. */
export async function ticketsOfManifest(
  store: Store,
  station: string,
  day: string,
): Promise<Ticket[]> {
  const found = await rows(store)
    .where('manifest_rows.station', '=', station)
    .where('manifest_rows.day', '=', day)
    .execute();
  return found.map(asTicket);
}

/**
 * The tickets that stand under a day's pseudonym.
 *
 * @param station where they can be used; none for all, as on board
 */
export async function ticketsOf(
  store: Store,
  sub: string,
  station: string | undefined,
): Promise<Ticket[]> {
  const ofPerson = rows(store).where('manifest_rows.sub', '=', sub);
  const found = await (
    station === undefined ? ofPerson : ofPerson.where('manifest_rows.station', '=', station)
  ).execute();
  // A ticket stands at both of its stations.
  return [...new Map(found.map((row) => [row.id, asTicket(row)])).values()];
}

const asTicket = (row: TicketRow & { sub: string }): Ticket => ({
  sub: row.sub,
  id: row.id,
  kind: row.kind,
  ...(row.rides === null ? {} : { rides: row.rides }),
  train: row.train,
  from: row.from_station,
  to: row.to_station,
  validFrom: row.valid_from,
  validUntil: row.valid_until,
});
