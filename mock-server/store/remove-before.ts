import { sql } from 'kysely';
import type { Store } from './open-store.ts';
import type { Schema } from './schema.ts';

/**
 * Removes the rows of before an age, the oldest first and some thousands a statement: a backlog in one would
 * take longer than a statement may, and never go. Rows of one age go together.
 *
 * @param column an instant, or a day, that an index leads to
 * @param most rows a statement, besides those of the last one's age
 */
export async function removeBefore(
  store: Store,
  table: keyof Schema,
  column: string,
  before: number | string,
  most = 10_000,
): Promise<void> {
  const rows = sql.table(table);
  const age = sql.ref(column);
  for (;;) {
    const { rows: found } = await sql<{ age: number | string }>`
      select ${age} as age from ${rows} where ${age} < ${before}
      order by ${age} limit 1 offset ${most - 1}`.execute(store);
    const last = found[0]?.age;
    if (last === undefined) break;
    await sql`delete from ${rows} where ${age} <= ${last}`.execute(store);
  }
  await sql`delete from ${rows} where ${age} < ${before}`.execute(store);
}
