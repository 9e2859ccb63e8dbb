import { sql, type Kysely, type Migration } from 'kysely';

/** Every change of the schema, in order; portable between SQLite and PostgreSQL. */
export const migrations: Record<string, Migration> = {
  '2026-11-22-first': { up: createFirstTables },
  '2026-11-25-identity-of-check': { up: addIdentityOfCheck },
  '2026-11-25-inspections': { up: addInspections },
  '2026-11-26-retention': { up: addRetentionIndexes },
};

async function createFirstTables(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('identities')
    .addColumn('person', 'text', (column) => column.primaryKey())
    .addColumn('sealed', 'text', (column) => column.notNull())
    .addColumn('stored_at', 'bigint', (column) => column.notNull())
    .execute();

  await schema
    .createTable('proofs')
    .addColumn('person', 'text', (column) => column.notNull())
    .addColumn('ordinal', 'integer', (column) => column.notNull())
    .addColumn('number', 'text', (column) => column.notNull())
    .addColumn('application', 'text', (column) => column.notNull())
    .addColumn('month', 'text', (column) => column.notNull())
    .addColumn('month_ordinal', 'integer', (column) => column.notNull())
    .addColumn('issued_at', 'bigint', (column) => column.notNull())
    .addColumn('valid_until', 'bigint', (column) => column.notNull())
    .addColumn('renew_from', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('proofs_chain', ['person', 'ordinal'])
    .addUniqueConstraint('proofs_month', ['person', 'month', 'month_ordinal'])
    .addCheckConstraint('proofs_quota', sql`month_ordinal between 1 and 3`)
    .execute();

  await schema
    .createTable('grants')
    .addColumn('person', 'text', (column) => column.notNull())
    .addColumn('sequence', 'integer', (column) => column.notNull())
    .addColumn('public_id', 'text', (column) => column.notNull())
    .addColumn('token_hash', 'text', (column) => column.notNull())
    .addColumn('thumbprint', 'text', (column) => column.notNull())
    .addColumn('check_id', 'text', (column) => column.notNull())
    .addColumn('proof_ordinal', 'integer', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .addColumn('ended_at', 'bigint')
    .addColumn('next_counter', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('packs', 'integer', (column) => column.notNull().defaultTo(0))
    .addPrimaryKeyConstraint('grants_chain', ['person', 'sequence'])
    .execute();
  await schema.createIndex('grants_by_key').on('grants').columns(['thumbprint']).execute();
  await schema.createIndex('grants_by_id').on('grants').columns(['public_id']).execute();
  await schema.createIndex('grants_by_end').on('grants').columns(['expires_at']).execute();

  await schema
    .createTable('applications')
    .addColumn('person', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('thumbprint', 'text', (column) => column.notNull())
    .addColumn('place', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('reason', 'text')
    .addColumn('applied_at', 'bigint', (column) => column.notNull())
    .addColumn('decided_at', 'bigint')
    .addColumn('proof_ordinal', 'integer')
    .addPrimaryKeyConstraint('applications_key', ['person', 'id'])
    .execute();

  await schema
    .createTable('liveness_checks')
    .addColumn('person', 'text', (column) => column.notNull())
    .addColumn('id', 'text', (column) => column.notNull())
    .addColumn('purpose', 'text', (column) => column.notNull())
    .addColumn('thumbprint', 'text', (column) => column.notNull())
    .addColumn('nonce', 'text', (column) => column.notNull())
    .addColumn('expires_at', 'bigint', (column) => column.notNull())
    .addColumn('assertion_hash', 'text')
    .addPrimaryKeyConstraint('liveness_checks_key', ['person', 'id'])
    .execute();

  await schema
    .createTable('idempotency_keys')
    .addColumn('scope', 'text', (column) => column.notNull())
    .addColumn('key', 'text', (column) => column.notNull())
    .addColumn('fingerprint', 'text', (column) => column.notNull())
    .addColumn('started_at', 'bigint', (column) => column.notNull())
    .addColumn('answer', 'text')
    .addColumn('grant_id', 'text')
    .addPrimaryKeyConstraint('idempotency_keys_key', ['scope', 'key'])
    .execute();
  await schema
    .createIndex('idempotency_keys_by_age')
    .on('idempotency_keys')
    .columns(['started_at'])
    .execute();

  await schema
    .createTable('seen_dpop_proofs')
    .addColumn('jti_hash', 'text', (column) => column.primaryKey())
    .addColumn('seen_at', 'bigint', (column) => column.notNull())
    .execute();
  await schema
    .createIndex('seen_dpop_proofs_by_age')
    .on('seen_dpop_proofs')
    .columns(['seen_at'])
    .execute();

  await schema
    .createTable('signing_keys')
    .addColumn('kid', 'text', (column) => column.primaryKey())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('private_jwk', 'text', (column) => column.notNull())
    .addColumn('signs_from', 'bigint', (column) => column.notNull())
    .execute();

  for (const table of ['secrets', 'settings']) {
    await schema
      .createTable(table)
      .addColumn('name', 'text', (column) => column.primaryKey())
      .addColumn('value', 'text', (column) => column.notNull())
      .execute();
  }

  await schema
    .createTable('tickets')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('rides', 'integer')
    .addColumn('train', 'text', (column) => column.notNull())
    .addColumn('from_station', 'text', (column) => column.notNull())
    .addColumn('to_station', 'text', (column) => column.notNull())
    .addColumn('valid_from', 'bigint', (column) => column.notNull())
    .addColumn('valid_until', 'bigint', (column) => column.notNull())
    .execute();

  await schema
    .createTable('manifest_rows')
    .addColumn('station', 'text', (column) => column.notNull())
    .addColumn('day', 'text', (column) => column.notNull())
    .addColumn('ticket_id', 'text', (column) => column.notNull())
    .addColumn('sub', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('manifest_rows_key', ['station', 'day', 'ticket_id'])
    .execute();
  await schema.createIndex('manifest_rows_by_sub').on('manifest_rows').columns(['sub']).execute();

  await schema
    .createTable('code_uses')
    .addColumn('jti', 'text', (column) => column.notNull())
    .addColumn('purpose', 'text', (column) => column.notNull())
    .addColumn('lane', 'text', (column) => column.notNull())
    .addColumn('ticket_id', 'text', (column) => column.notNull())
    .addColumn('used_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('code_uses_key', ['jti', 'purpose'])
    .execute();

  await schema
    .createTable('ticket_uses')
    .addColumn('ticket_id', 'text', (column) => column.notNull())
    .addColumn('ordinal', 'integer', (column) => column.notNull())
    .addColumn('purpose', 'text', (column) => column.notNull())
    .addColumn('used_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('ticket_uses_chain', ['ticket_id', 'ordinal'])
    .execute();
}

async function addIdentityOfCheck({ schema }: Kysely<unknown>): Promise<void> {
  await schema.alterTable('liveness_checks').addColumn('identity', 'text').execute();
  await schema
    .createIndex('liveness_checks_by_end')
    .on('liveness_checks')
    .columns(['expires_at'])
    .execute();
}

async function addInspections({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('inspections')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('person', 'text')
    .addColumn('jti', 'text')
    .addColumn('purpose', 'text', (column) => column.notNull())
    .addColumn('station', 'text', (column) => column.notNull())
    .addColumn('lane', 'text', (column) => column.notNull())
    .addColumn('train', 'text')
    .addColumn('refusal', 'text')
    .addColumn('looked_at', 'bigint', (column) => column.notNull())
    .execute();
  await schema
    .createTable('offline_admissions')
    .addColumn('jti', 'text', (column) => column.notNull())
    .addColumn('purpose', 'text', (column) => column.notNull())
    .addColumn('lane', 'text', (column) => column.notNull())
    .addColumn('admitted_at', 'bigint', (column) => column.notNull())
    .addColumn('uploaded_at', 'bigint', (column) => column.notNull())
    .addColumn('refusal', 'text')
    .addPrimaryKeyConstraint('offline_admissions_key', ['jti', 'purpose', 'lane'])
    .execute();
}

/** What is removed once a minute is found without reading what stays. */
async function addRetentionIndexes({ schema }: Kysely<unknown>): Promise<void> {
  const ages = {
    identities: 'stored_at',
    applications: 'applied_at',
    proofs: 'valid_until',
    inspections: 'looked_at',
    offline_admissions: 'uploaded_at',
    code_uses: 'used_at',
    manifest_rows: 'day',
    tickets: 'valid_until',
  };
  for (const [table, column] of Object.entries(ages)) {
    await schema.createIndex(`${table}_by_age`).on(table).columns([column]).execute();
  }
  await schema
    .createIndex('manifest_rows_by_ticket')
    .on('manifest_rows')
    .columns(['ticket_id'])
    .execute();
  // A check stays for a month, whom it was to be of for two minutes.
  await schema
    .createIndex('liveness_checks_with_identity')
    .on('liveness_checks')
    .columns(['expires_at'])
    .where(sql.ref('identity'), 'is not', null)
    .execute();
}
