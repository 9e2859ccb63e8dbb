import { PostgresDialect, type Dialect, type PostgresPoolClient } from 'kysely';
import { DatabaseError, Pool, types, type PoolClient } from 'pg';

// Instants are bigint columns, which pg hands out as text; ours fit a number until year 285,000,000.
types.setTypeParser(types.builtins.INT8, Number);

export interface PostgresOptions {
  connectionString: string;
  /** How long a connection or a statement may be waited for, milliseconds. */
  patience: number;
  /** Whether a commit waits until the disk has it. */
  waitsForDisk: boolean;
  /** Told of what is broken off, besides whoever asked. */
  onError: (error: unknown) => void;
}

/** Up to 10 connections to one PostgreSQL database. */
export function postgresDialect(options: PostgresOptions): Dialect {
  const { connectionString, patience, waitsForDisk, onError } = options;
  const pool = new Pool({
    connectionString,
    connectionTimeoutMillis: patience,
    keepAlive: true,
    options: [
      // The chains rest on reading again what another transaction has just committed.
      '-c default_transaction_isolation=read\\ committed',
      // The server gives up, and undoes the transaction: a client that gave up would not know.
      `-c statement_timeout=${patience}`,
      `-c idle_in_transaction_session_timeout=${2 * patience}`,
      `-c synchronous_commit=${waitsForDisk ? 'on' : 'off'}`,
    ].join(' '),
  });
  // Without a listener, a connection that breaks while nothing is asked of it would end the process.
  pool.on('error', onError);
  pool.on('connect', (client) => client.on('error', () => {}));
  const connect = async () => {
    try {
      return preparing(await pool.connect(), onError);
    } catch (error) {
      onError(error);
      throw error;
    }
  };
  return new PostgresDialect({ pool: { connect, end: () => pool.end() } });
}

/** The program has some fifty statements; a list of values makes one of each length. */
const mostNames = 500;
const names = new Map<string, string>();

function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= mostNames) return known;
  const name = `statement-${names.size + 1}`;
  names.set(text, name);
  return name;
}

/** Has each statement parsed and planned once a connection. */
function preparing(client: PoolClient, onError: (error: unknown) => void): PostgresPoolClient {
  let broken: Error | undefined;
  const query = async (text: string, values: readonly unknown[]) => {
    try {
      const name = values.length > 0 ? nameOf(text) : undefined;
      return await client.query({
        text,
        values: [...values],
        ...(name === undefined ? {} : { name }),
      });
    } catch (error) {
      // Another server has migrated, and what is prepared here answers in columns of before.
      if (error instanceof DatabaseError && error.code === '0A000') broken = error;
      onError(error);
      throw error;
    }
  };
  return {
    // Nobody asks for a cursor.
    query: query as unknown as PostgresPoolClient['query'],
    release: () => client.release(broken),
  };
}
