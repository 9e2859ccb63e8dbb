import { CompiledQuery } from 'kysely';
import type { NewGrant } from './grants.ts';
import { isPostgres, type Store } from './open-store.ts';
import { isOvertaken } from './overtaken.ts';
import type { LivenessCheckRow, ProofRow } from './schema.ts';
import { sharedTransaction } from './shared-commit.ts';

/** All that an application comes to whose check was passed: its rows, decided beforehand. */
export interface WholeIssue {
  check: Pick<LivenessCheckRow, 'person' | 'id'> & { identity: string };
  assertionHash: string;
  /** The next link, computed from the last that was read. */
  proof: ProofRow;
  grant: NewGrant;
  at: number;
}

/**
 * Writes a whole issue without asking in between: uses the check up, keeps the identity, adds the proof, approves
 * the application, ends the grants before and opens the new one. Nothing is written when the check was used
 * before or another was first with the proof or the grant: then it is for the transaction that asks step
 * by step. Written by hand, since this is what the service does most: it takes PostgreSQL one statement in
 * place of ten (`npm run bench -- store`).
 *
 * @returns whether it was written
 */
export async function issueAtOnce(store: Store, issue: WholeIssue): Promise<boolean> {
  try {
    if (isPostgres(store)) {
      return (await store.executeQuery(onPostgres(issue))).rows.length === 1;
    }
    return await sharedTransaction(store, async (transaction) => {
      const [use, ...rest] = onSqlite(issue);
      const { numAffectedRows } = await transaction.executeQuery(use);
      if (numAffectedRows !== 1n) return false;
      for (const statement of rest) await transaction.executeQuery(statement);
      return true;
    });
  } catch (error) {
    if (isOvertaken(error)) return false;
    throw error;
  }
}

/**
 * Each part reads from the one before, so that their order is that of the transaction, and whoever looks at the
 * same time waits where it waits there. All see what was committed before the statement began: a proof or a
 * grant that came since breaks a key, and with it the whole.
 */
const atOnce = `
  with used as (
    update liveness_checks set assertion_hash = $1
    where person = $2 and id = $3 and assertion_hash is null returning person
  ), kept as (
    insert into identities (person, sealed, stored_at) select person, $4, $5::bigint from used
    on conflict (person) do update set sealed = excluded.sealed, stored_at = excluded.stored_at
    returning person
  ), added as (
    insert into proofs (person, ordinal, number, application, month, month_ordinal,
      issued_at, valid_until, renew_from)
    select person, $6::integer, $7, $3, $8, $9::integer, $5::bigint, $10::bigint, $11::bigint from kept
    returning person
  ), approved as (
    update applications set status = 'approved', decided_at = $5, proof_ordinal = $6
    where person = (select person from added) and id = $3
  ), ended as (
    update grants set ended_at = $5
    where person = (select person from added) and ended_at is null
  ), opened as (
    insert into grants (person, sequence, public_id, token_hash, thumbprint, check_id, proof_ordinal,
      expires_at, next_counter, packs)
    select person, 1 + coalesce((select max(sequence) from grants where person = $2), 0),
      $12, $13, $14, $3, $6::integer, $15::bigint, $16::integer, 0 from added
    returning person
  )
  select person from opened`;

export const onPostgres = ({
  check: { person, id, identity },
  assertionHash,
  proof,
  grant,
  at,
}: WholeIssue): CompiledQuery =>
  CompiledQuery.raw(atOnce, [
    assertionHash,
    person,
    id,
    identity,
    at,
    proof.ordinal,
    proof.number,
    proof.month,
    proof.month_ordinal,
    proof.valid_until,
    proof.renew_from,
    grant.public_id,
    grant.token_hash,
    grant.thumbprint,
    grant.expires_at,
    grant.codes,
  ]);

/** SQLite changes nothing within `with`, but asks nobody far away. The first uses the check up, or changes no row. */
export const onSqlite = ({
  check: { person, id, identity },
  assertionHash,
  proof,
  grant,
  at,
}: WholeIssue): [CompiledQuery, ...CompiledQuery[]] => [
  CompiledQuery.raw(
    `update liveness_checks set assertion_hash = ?
     where person = ? and id = ? and assertion_hash is null`,
    [assertionHash, person, id],
  ),
  CompiledQuery.raw(
    `insert into identities (person, sealed, stored_at) values (?, ?, ?)
     on conflict (person) do update set sealed = excluded.sealed, stored_at = excluded.stored_at`,
    [person, identity, at],
  ),
  CompiledQuery.raw(
    `insert into proofs (person, ordinal, number, application, month, month_ordinal,
       issued_at, valid_until, renew_from) values (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    [
      person,
      proof.ordinal,
      proof.number,
      id,
      proof.month,
      proof.month_ordinal,
      at,
      proof.valid_until,
      proof.renew_from,
    ],
  ),
  CompiledQuery.raw(
    `update applications set status = 'approved', decided_at = ?, proof_ordinal = ?
     where person = ? and id = ?`,
    [at, proof.ordinal, person, id],
  ),
  CompiledQuery.raw('update grants set ended_at = ? where person = ? and ended_at is null', [
    at,
    person,
  ]),
  CompiledQuery.raw(
    `insert into grants (person, sequence, public_id, token_hash, thumbprint, check_id,
       proof_ordinal, expires_at, next_counter, packs)
     values (?, 1 + coalesce((select max(sequence) from grants where person = ?), 0),
       ?, ?, ?, ?, ?, ?, ?, 0)`,
    [
      person,
      person,
      grant.public_id,
      grant.token_hash,
      grant.thumbprint,
      id,
      proof.ordinal,
      grant.expires_at,
      grant.codes,
    ],
  ),
];
