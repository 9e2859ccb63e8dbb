import { PostgresDialect, type Dialect, type PostgresPoolClient } from 'kysely';
import { DatabaseError, Pool, types, type PoolClient } from 'pg';
import { isOvertaken } from './overtaken.ts';

// Instants are bigint columns, which pg hands out as text; ours fit a number until year 285,000,000.
types.setTypeParser(types.builtins.INT8, Number);

export interface PostgresOptions {
  databaseUrl: string;
  /** How long a connection may be waited for, milliseconds. */
  patience: number;
  /** How long a statement may take, milliseconds; 0 for as long as it does. */
  statementPatience: number;
  /** Whether a commit waits until the disk has it. */
  waitsForDisk: boolean;
  /** Told of what is broken off, besides whoever asked. */
  onError: (error: unknown) => void;
}

/** Up to 10 connections to one PostgreSQL database. */
export function postgresDialect(options: PostgresOptions): Dialect {
  const { databaseUrl, patience, statementPatience, waitsForDisk, onError } = options;
  // What stands in the address would win over all that follows here.
  const address = new URL(databaseUrl);
  const given = address.searchParams.get('options');
  for (const name of ['options', ...timeouts]) address.searchParams.delete(name);
  const pool = new Pool({
    connectionString: address.href,
    connectionTimeoutMillis: patience,
    // For a connection that has gone silent: one that speaks has been told to give up long before.
    query_timeout: 2 * statementPatience,
    keepAlive: true,
    options: [
      given,
      // The chains rest on reading again what another transaction has just committed.
      '-c default_transaction_isolation=read\\ committed',
      // The server gives up, and undoes the transaction: a client that gave up would not know.
      `-c statement_timeout=${statementPatience}`,
      `-c idle_in_transaction_session_timeout=${2 * statementPatience}`,
      `-c synchronous_commit=${waitsForDisk ? 'on' : 'off'}`,
    ]
      .filter((each) => each !== null)
      .join(' '),
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

/** What an address may say of time, too. */
const timeouts = [
  'query_timeout',
  'statement_timeout',
  'lock_timeout',
  'idle_in_transaction_session_timeout',
];

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
    if (broken) throw broken;
    try {
      const name = values.length > 0 ? nameOf(text) : undefined;
      return await client.query({
        text,
        values: [...values],
        ...(name === undefined ? {} : { name }),
      });
    } catch (error) {
      if (isOver(error)) broken = error as Error;
      if (!isOvertaken(error)) onError(error);
      throw error;
    }
  };
  return {
    // Nobody asks for a cursor.
    query: query as unknown as PostgresPoolClient['query'],
    release: () => client.release(broken),
  };
}

/**
 * Whether nothing is to be asked of a connection any more: what failed is not the database's word, so that nobody
 * knows what comes next on it; or another server has migrated, and what is prepared here answers in columns
 * of before.
 */
const isOver = (error: unknown): boolean =>
  !(error instanceof DatabaseError) || error.code === '0A000';
