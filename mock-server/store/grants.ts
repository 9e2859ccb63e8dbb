import { sql } from 'kysely';
import type { Store } from './open-store.ts';
import type { GrantRow } from './schema.ts';

export type NewGrant = Omit<GrantRow, 'sequence' | 'ended_at' | 'next_counter' | 'packs'> & {
  /** How many codes go out with it. */
  codes: number;
};

/**
 * Opens a grant as the next link of the person's chain and ends every other: one live grant a
 * person. To be called within a transaction.
 */
export async function openGrant(store: Store, grant: NewGrant, at: number): Promise<void> {
  const { codes, ...row } = grant;
  for (;;) {
    const opened = await store
      .insertInto('grants')
      .values((build) => ({
        ...row,
        sequence: build
          .selectFrom('grants')
          .where('person', '=', grant.person)
          .select(sql<number>`1 + coalesce(max(sequence), 0)`.as('next')),
        next_counter: codes,
        packs: 0,
        ended_at: null,
      }))
      .onConflict((conflict) => conflict.doNothing())
      .returning('sequence')
      .executeTakeFirst();
    // Another was first: its number is to be read.
    if (opened === undefined) continue;
    if (opened.sequence > 1) await endGrantsOfPerson(store, grant.person, at, opened.sequence);
    return;
  }
}

const live = (store: Store, at: number) =>
  store.selectFrom('grants').selectAll().where('ended_at', 'is', null).where('expires_at', '>', at);

export const liveGrantByToken = (store: Store, person: string, tokenHash: string, at: number) =>
  live(store, at)
    .where('person', '=', person)
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst();

export const liveGrantOfCheck = (store: Store, person: string, checkId: string, at: number) =>
  live(store, at).where('person', '=', person).where('check_id', '=', checkId).executeTakeFirst();

export const isLiveGrant = async (store: Store, publicId: string, at: number): Promise<boolean> =>
  (await live(store, at).where('public_id', '=', publicId).executeTakeFirst()) !== undefined;

/**
 * The grant whose code a verifier has accepted. Public ids are random: that two which live share one is all but
 * impossible, and whoever shows a person by it compares the code's `sub`.
 *
 * @param at the verifier's clock less its leeway, whole seconds since the epoch
 */
export const grantOfCode = (store: Store, publicId: string, at: number) =>
  store
    .selectFrom('grants')
    .select(['person', 'proof_ordinal'])
    .where('public_id', '=', publicId)
    .where('expires_at', '>', at)
    .orderBy('expires_at', 'desc')
    .limit(1)
    .executeTakeFirst();

/**
 * Takes the next counters for a pack; `undefined` when the grant has had all its packs or is no
 * longer live. One statement, so that no counter goes out twice.
 *
 * @returns the first counter
 */
export async function takeCounters(
  store: Store,
  grant: Pick<GrantRow, 'person' | 'sequence'>,
  codes: number,
  packs: number,
): Promise<number | undefined> {
  const taken = await store
    .updateTable('grants')
    .set((row) => ({
      next_counter: row('next_counter', '+', codes),
      packs: row('packs', '+', 1),
    }))
    .where('person', '=', grant.person)
    .where('sequence', '=', grant.sequence)
    .where('ended_at', 'is', null)
    .where('packs', '<', packs)
    .returning('next_counter')
    .executeTakeFirst();
  return taken && taken.next_counter - codes;
}

/**
 * Ends a person's grants. Without another in their place after a renewal by a review: the old proof's codes
 * stop working (R12).
 *
 * @param before those that came before this one alone
 */
export async function endGrantsOfPerson(
  store: Store,
  person: string,
  at: number,
  before?: number,
): Promise<void> {
  await store
    .updateTable('grants')
    .set({ ended_at: at })
    .where('person', '=', person)
    .where('ended_at', 'is', null)
    .$if(before !== undefined, (query) => query.where('sequence', '<', before!))
    .execute();
}

/** Sign-out: ends the grants of one key. */
export async function endGrantsOfKey(store: Store, thumbprint: string, at: number): Promise<void> {
  await store
    .updateTable('grants')
    .set({ ended_at: at })
    .where('thumbprint', '=', thumbprint)
    .where('ended_at', 'is', null)
    .execute();
}

/** Public ids of the grants that were ended early and would still live. */
export async function endedEarly(store: Store, at: number): Promise<string[]> {
  const rows = await store
    .selectFrom('grants')
    .select('public_id')
    .where('expires_at', '>', at)
    .where('ended_at', 'is not', null)
    .execute();
  return rows.map((row) => row.public_id);
}
