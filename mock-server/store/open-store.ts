import Database from 'libsql';
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
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { Pool, types } from 'pg';
import { migrations } from './migrations.ts';
import type { Schema } from './schema.ts';

export type Store = Kysely<Schema>;
export type StoreTransaction = Transaction<Schema>;

export interface StoreOptions {
  /** `postgres://…`; without it the embedded store is used. */
  databaseUrl?: string | undefined;
  /** File of the embedded store, or `:memory:`. */
  file: string;
  /** Hears of connections that are lost while nobody uses them; the next use opens another. */
  log?: (what: string, error: unknown) => void;
}

/**
 * Opens the store and brings its schema up to date; safe when two servers start at once.
 *
 * @throws whatever the driver says when the store cannot be reached
 */
export async function openStore({ databaseUrl, file, log }: StoreOptions): Promise<Store> {
  const store = new Kysely<Schema>({
    dialect: databaseUrl ? postgres(databaseUrl, log) : sqlite(file),
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

function postgres(connectionString: string, log: StoreOptions['log']): PostgresDialect {
  const pool = new Pool({
    connectionString,
    // The chains rest on reading again what another transaction has just committed.
    options: '-c default_transaction_isolation=read\\ committed',
  });
  // Nobody listening, the loss of an idle connection would end the process.
  pool.on('error', (error) => log?.('a connection to the store was lost', error));
  return new PostgresDialect({ pool });
}

function sqlite(file: string): SqliteDialect {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
  const database = new Database(file);
  // The patience first: turning the journal on may already meet another server that starts.
  database.exec('pragma busy_timeout = 5000; pragma journal_mode = wal; pragma synchronous = full');
  return new ImmediateSqliteDialect({ database });
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
