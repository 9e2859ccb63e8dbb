import {
  CompiledQuery,
  SqliteAdapter,
  SqliteDialect,
  SqliteDriver,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type SqliteDatabase,
} from 'kysely';
import { openSqlite, type EmbeddedDatabase } from './sqlite-database.ts';

/** Two ways to one connection, which takes one transaction at a time, from whichever of them. */
export function sqliteDialects(
  file: string,
  patience: number,
  onError: (error: unknown) => void,
): { durable: Dialect; hurried: Dialect } {
  const database = openSqlite(file, patience, onError);
  const driver = new ImmediateSqliteDriver({ database });
  const waiting = (waits: boolean): Driver => waitingDriver(database, driver, waits);
  return {
    durable: new SqliteDialectOn(database, waiting(true)),
    hurried: new SqliteDialectOn(database, waiting(false)),
  };
}

class SqliteDialectOn extends SqliteDialect {
  readonly #driver: Driver;

  constructor(database: SqliteDatabase, driver: Driver) {
    super({ database });
    this.#driver = driver;
  }

  override createDriver(): Driver {
    return this.#driver;
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

/**
 * Kysely's plain `begin` is deferred: two processes that both read first and then write meet
 * "database is locked" errors. `begin immediate` lets the second wait instead.
 */
class ImmediateSqliteDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
}

/**
 * Commits by this driver wait for the disk, or do not. The journal is one: those that wait take the others before
 * them along, and what is lost with the power is always the last.
 */
const waitingDriver = (
  database: EmbeddedDatabase,
  driver: ImmediateSqliteDriver,
  waits: boolean,
): Driver => ({
  init: () => driver.init(),
  acquireConnection: async () => {
    const connection = await driver.acquireConnection();
    database.waitForDisk(waits);
    return connection;
  },
  releaseConnection: () => driver.releaseConnection(),
  beginTransaction: (connection) => driver.beginTransaction(connection),
  commitTransaction: (connection) => driver.commitTransaction(connection),
  rollbackTransaction: (connection) => driver.rollbackTransaction(connection),
  destroy: async () => {
    if (waits) await driver.destroy();
  },
});
