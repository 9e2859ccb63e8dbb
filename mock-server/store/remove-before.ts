import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { Store } from './open-store.ts';
import type { Schema } from './schema.ts';

/** What is old, and how much of it one step takes. */
export interface Backlog {
  table: keyof Schema;
  /** An instant, or a day, that an index leads to. */
  column: string;
  before: number | string;
  /** What else must hold of a row; without it, nothing. */
  also?: RawBuilder<SqlBool>;
  /** Rows a step, besides those of the last one's age; 10,000 without. */
  most?: number;
}

/**
 * Takes the rows of before an age in steps, the oldest first: a backlog in one statement would take longer than
 * a statement may, and never go. Rows of one age go together. Between two steps those of the first must have
 * ceased to belong to the backlog.
 *
 * @returns what holds of the rows of each step
 */
export async function* stepsThrough(
  store: Store,
  { table, column, before, also = sql`1 = 1`, most = 10_000 }: Backlog,
): AsyncGenerator<RawBuilder<SqlBool>, void, undefined> {
  const age = sql.ref(`${table}.${column}`);
  for (;;) {
    const { rows: found } = await sql<{ age: number | string }>`
      select ${age} as age from ${sql.table(table)} where ${age} < ${before} and ${also}
      order by ${age} limit 1 offset ${most - 1}`.execute(store);
    const last = found[0]?.age;
    if (last === undefined) break;
    yield sql<SqlBool>`${age} <= ${last} and ${also}`;
  }
  yield sql<SqlBool>`${age} < ${before} and ${also}`;
}

/** Removes a backlog, a statement a step. */
export async function removeBefore(store: Store, backlog: Backlog): Promise<void> {
  for await (const rows of stepsThrough(store, backlog)) {
    await sql`delete from ${sql.table(backlog.table)} where ${rows}`.execute(store);
  }
}
