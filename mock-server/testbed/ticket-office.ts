import type { Identity } from '../../widget/protocol/identity.ts';
import { dayAfter, dayOf } from '../../widget/protocol/shanghai-time.ts';
import type { TicketKind } from '../../widget/protocol/tickets.ts';
import type { Issuer } from '../issuer/issuer.ts';
import { dayPseudonym } from '../issuer/person.ts';
import type { TicketRow } from '../store/schema.ts';
import { addTicket } from '../store/tickets.ts';

/** A train that can be boarded soon. Instants are whole seconds since the epoch. */
export interface Train {
  train: string;
  from: string;
  to: string;
  departsAt: number;
  arrivesAt: number;
}

const minute = 60;
const hour = 60 * minute;

/** Made-up trains between real stations, with their running time in minutes. */
const lines: readonly [train: string, from: string, to: string, minutes: number][] = [
  ['G901', 'beijing-south', 'shanghai-hongqiao', 270],
  ['G902', 'shanghai-hongqiao', 'beijing-south', 275],
  ['G915', 'beijing-south', 'jinan-west', 90],
  ['G923', 'guangzhou-south', 'changsha-south', 150],
  ['D931', 'chengdu-east', 'chongqing-north', 75],
  ['G947', 'hangzhou-east', 'nanjing-south', 80],
];

/** The trains on sale: each leaves at a half hour, 40 to 70 minutes from now at the earliest. */
export function trainsAt(at: number): Train[] {
  const first = Math.ceil((at + 40 * minute) / (30 * minute)) * 30 * minute;
  return lines.map(([train, from, to, minutes], index) => {
    const departsAt = first + Math.floor(index / 2) * 30 * minute;
    return { train, from, to, departsAt, arrivesAt: departsAt + minutes * minute };
  });
}

/** How long a ticket of each kind can be used, and for how many rides. */
const kinds: Record<TicketKind, { days: number; rides: number | null }> = {
  single: { days: 0, rides: null },
  'multi-ride': { days: 90, rides: 20 },
  period: { days: 30, rides: null },
};

/**
 * Sells a ticket. It reaches the gates under the day's pseudonyms of whoever rides, of every
 * service day it can be used on; the ticket itself names nobody.
 */
export async function sellTicket(
  issuer: Issuer,
  rider: Identity,
  kind: TicketKind,
  train: Train,
  at: number,
): Promise<TicketRow> {
  const { days, rides } = kinds[kind];
  const ticket: TicketRow = {
    id: issuer.random(9).toString('base64url'),
    kind,
    rides,
    train: train.train,
    from_station: train.from,
    to_station: train.to,
    valid_from: at,
    // A late train and a slow walk to the exit included.
    valid_until: days === 0 ? train.arrivesAt + 6 * hour : at + days * 24 * hour,
  };
  const entries = serviceDays(ticket).flatMap((day) => {
    const sub = dayPseudonym(issuer.secrets, rider, day);
    return [train.from, train.to].map((station) => ({ station, day, sub }));
  });
  await addTicket(issuer.store, ticket, entries);
  return ticket;
}

function serviceDays({ valid_from, valid_until }: TicketRow): string[] {
  const days = [];
  for (let day = dayOf(valid_from); day <= dayOf(valid_until); day = dayAfter(day, 1)) {
    days.push(day);
  }
  return days;
}
