import {
  CompiledQuery,
  Kysely,
  Migrator,
  PostgresDialect,
  SqliteAdapter,
  SqliteDialect,
  SqliteDriver,
  type DatabaseConnection,
  type Driver,
  type SqliteDialectConfig,
  type Transaction,
} from 'kysely';
import { Pool, types } from 'pg';
import { migrations } from './migrations.ts';
import type { Schema } from './schema.ts';
import { openSqlite } from './sqlite-database.ts';

export type Store = Kysely<Schema>;
export type StoreTransaction = Transaction<Schema>;

export interface StoreOptions {
  /** `postgres://…`; without it the embedded store is used. */
  databaseUrl?: string | undefined;
  /** File of the embedded store, or `:memory:`. */
  file: string;
  /** How long a connection or a statement may be waited for, before it fails. */
  patienceMilliseconds?: number;
  /** Told of what the store refused or broke off, besides whoever asked. */
  onError?: ((error: unknown) => void) | undefined;
}

/**
 * Opens the store and brings its schema up to date; safe when two servers start at once.
 *
 * @throws whatever the driver says when the store cannot be reached
 */
export async function openStore({
  databaseUrl,
  file,
  patienceMilliseconds = 5000,
  onError = () => {},
}: StoreOptions): Promise<Store> {
  const store = new Kysely<Schema>({
    dialect: databaseUrl
      ? postgres(databaseUrl, patienceMilliseconds, onError)
      : new ImmediateSqliteDialect({ database: openSqlite(file, patienceMilliseconds) }),
    log: (event) => {
      if (event.level === 'error') onError(event.error);
    },
  });
  const migrator = new Migrator({
    db: store,
    provider: { getMigrations: () => Promise.resolve(migrations) },
  });
  const { error } = await migrator.migrateToLatest();
  if (error) {
    await store.destroy();
    throw error;
  }
  return store;
}

// Instants are bigint columns, which pg hands out as text; ours fit a number until year 285,000,000.
types.setTypeParser(types.builtins.INT8, Number);

function postgres(
  connectionString: string,
  patience: number,
  onError: (error: unknown) => void,
): PostgresDialect {
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
    ].join(' '),
  });
  // Without a listener, a connection that breaks while nothing is asked of it would end the process.
  pool.on('error', onError);
  pool.on('connect', (client) => client.on('error', () => {}));
  const connect = async () => {
    try {
      return await pool.connect();
    } catch (error) {
      onError(error);
      throw error;
    }
  };
  return new PostgresDialect({ pool: { connect, end: () => pool.end() } });
}

/**
 * Kysely's plain `begin` is deferred: two processes that both read first and then write meet
 * "database is locked" errors. `begin immediate` lets the second wait instead.
 */
class ImmediateSqliteDialect extends SqliteDialect {
  readonly #config: SqliteDialectConfig;

  constructor(config: SqliteDialectConfig) {
    super(config);
    this.#config = config;
  }

  override createDriver(): Driver {
    return new ImmediateSqliteDriver(this.#config);
  }

  override createAdapter(): SqliteAdapter {
    return new TransactionalSqliteAdapter();
  }
}

/**
 * SQLite changes its schema in transactions too. Kysely does not count on it and takes no lock
 * either; told so, it migrates within one `begin immediate`, and a second server waits.
 */
class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class ImmediateSqliteDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
}
