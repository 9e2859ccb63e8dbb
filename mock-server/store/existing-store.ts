import { Client } from 'pg';

/**
 * Whether a PostgreSQL database holds a store, however old its schema. Nothing is made or changed.
 *
 * @param databaseUrl `postgres://…`
 * @param patience how long to wait for a connection or for the answer, milliseconds
 * @throws whatever the driver says when the database cannot be reached
 */
export async function hasStore(databaseUrl: string, patience = 5000): Promise<boolean> {
  const client = new Client({
    connectionString: databaseUrl,
    connectionTimeoutMillis: patience,
    statement_timeout: patience,
  });
  // What breaks the connection is told to the query; without a listener it would end the process too.
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ there: boolean }>(
      `select to_regclass('kysely_migration') is not null as there`,
    );
    return rows[0]?.there === true;
  } finally {
    await client.end();
  }
}
