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
import { setTimeout as delay } from 'node:timers/promises';
import { isLocked, openSqlite, type EmbeddedDatabase } from './sqlite-database.ts';

/** Two ways to one connection, which takes one transaction at a time, from whichever of them. */
export function sqliteDialects(
  file: string,
  patience: number,
  onError: (error: unknown) => void,
): { durable: Dialect; hurried: Dialect } {
  const database = openSqlite(file, patience, onError);
  const driver = new ImmediateSqliteDriver({ database });
  const on = (waitsForDisk: boolean): Dialect =>
    new SqliteDialectOn(
      database,
      sharedDriver({ database, driver, waitsForDisk, patience, onError }),
    );
  return { durable: on(true), hurried: on(false) };
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

interface SharedDriverOptions {
  database: EmbeddedDatabase;
  /** Has the one connection. */
  driver: ImmediateSqliteDriver;
  /**
   * Whether commits wait for the disk. The journal is one: those that wait take the others before them along, and
   * what is lost with the power is always the last.
   */
  waitsForDisk: boolean;
  /** How long another process's lock is waited for, milliseconds. */
  patience: number;
  onError: (error: unknown) => void;
}

function sharedDriver(options: SharedDriverOptions): Driver {
  const { database, driver, waitsForDisk } = options;
  let patient: DatabaseConnection | undefined;
  return {
    init: () => driver.init(),
    acquireConnection: async () => {
      const connection = await driver.acquireConnection();
      try {
        database.waitForDisk(waitsForDisk);
      } catch (error) {
        await driver.releaseConnection();
        throw error;
      }
      return (patient ??= patientConnection(connection, options));
    },
    releaseConnection: () => driver.releaseConnection(),
    beginTransaction: (connection) => driver.beginTransaction(connection),
    commitTransaction: (connection) => driver.commitTransaction(connection),
    rollbackTransaction: (connection) => driver.rollbackTransaction(connection),
    destroy: async () => {
      if (waitsForDisk) await driver.destroy();
    },
  };
}

/** Asks again while another process holds the lock; whatever else this process does goes on meanwhile. */
const patientConnection = (
  connection: DatabaseConnection,
  { patience, onError }: SharedDriverOptions,
): DatabaseConnection => ({
  executeQuery: async <Row>(query: CompiledQuery) => {
    const deadline = performance.now() + patience;
    for (let tries = 1; ; tries++) {
      try {
        return await connection.executeQuery<Row>(query);
      } catch (error) {
        if (!isLocked(error)) throw error;
        if (performance.now() >= deadline) {
          onError(error);
          throw error;
        }
        await delay(Math.min(tries, 20));
      }
    }
  },
  streamQuery: (query, chunkSize) => connection.streamQuery(query, chunkSize),
});
