import Database from 'libsql';
import {
  CompiledQuery,
  Kysely,
  Migrator,
  PostgresDialect,
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
}

/**
 * Opens the store and brings its schema up to date; safe when two servers start at once.
 *
 * @throws whatever the driver says when the store cannot be reached
 */
export async function openStore({ databaseUrl, file }: StoreOptions): Promise<Store> {
  const store = new Kysely<Schema>({
    dialect: databaseUrl ? postgres(databaseUrl) : sqlite(file),
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

function postgres(connectionString: string): PostgresDialect {
  const pool = new Pool({
    connectionString,
    // The chains rest on reading again what another transaction has just committed.
    options: '-c default_transaction_isolation=read\\ committed',
  });
  return new PostgresDialect({ pool });
}

function sqlite(file: string): SqliteDialect {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
  const database = new Database(file);
  database.exec('pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 5000');
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
}

class ImmediateSqliteDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
}
