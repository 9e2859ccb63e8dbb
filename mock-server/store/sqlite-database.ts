import Database from 'libsql';
import type { SqliteDatabase, SqliteStatement } from 'kysely';
import { dirname } from 'node:path';
import { makeFolder } from './data-folder.ts';
import { codeOf, isOvertaken } from './overtaken.ts';

/** The one connection to the embedded store. */
export interface EmbeddedDatabase extends SqliteDatabase {
  /** Whether a commit from now on waits until the disk has it; not to be called within a transaction. */
  waitForDisk: (waits: boolean) => void;
}

/** The program has some fifty statements; a list of values makes one of each length. */
const mostPrepared = 500;

/**
 * Opens the embedded store.
 *
 * libsql 0.5 never resets a statement that met a locked database. It stays under way until it is collected as
 * garbage, and until then no transaction of the connection commits: what is written seems written, and is
 * not. So no prepared statement may meet the lock: each change begins with `begin immediate`, which `exec` does
 * without a prepared statement, and which does not wait. And one that has failed is not used again.
 *
 * @param patience how long to wait for another process that opens the file or mends it, milliseconds
 * @param onError told of what fails, besides whoever asked, but for a lock that is to be waited for
 */
export function openSqlite(
  file: string,
  patience: number,
  onError: (error: unknown) => void,
): EmbeddedDatabase {
  if (file !== ':memory:') makeFolder(dirname(file));
  const database = new Database(file);
  // The patience first: turning the journal on may already meet another server that starts.
  database.exec(`pragma busy_timeout = ${patience}; pragma journal_mode = wal`);
  let isWaiting: boolean | undefined;
  const waitForDisk = (waits: boolean): void => {
    if (waits === isWaiting) return;
    database.exec(`pragma synchronous = ${waits ? 'full' : 'normal'}`);
    isWaiting = waits;
  };
  waitForDisk(true);

  const begin = (): void => {
    // Whoever waits within the call holds up the whole process: a lock is waited for outside.
    database.exec('pragma busy_timeout = 0');
    try {
      database.exec('begin immediate');
    } finally {
      database.exec(`pragma busy_timeout = ${patience}`);
    }
  };

  const prepared = new Map<string, SqliteStatement>();
  const prepare = (sql: string): SqliteStatement => {
    if (sql === 'begin immediate') return control(begin);
    if (sql === 'commit') return control(() => void database.exec(sql));
    // A full disk has undone the transaction already; the error to tell is that one.
    if (sql === 'rollback')
      return control(() => void (database.inTransaction && database.exec(sql)));
    const statement = database.prepare(sql) as unknown as SqliteStatement;
    return /^(select|pragma|explain)\b/i.test(sql) ? statement : change(database, begin, statement);
  };
  return {
    prepare: (sql) => {
      const known = prepared.get(sql);
      if (known) return known;
      const failed = (error: unknown): void => {
        prepared.delete(sql);
        if (!isOvertaken(error) && !isLocked(error)) onError(error);
      };
      const statement = watched(
        telling(failed, () => prepare(sql)),
        failed,
      );
      if (prepared.size >= mostPrepared) prepared.clear();
      prepared.set(sql, statement);
      return statement;
    },
    waitForDisk,
    close: () => database.close(),
  };
}

type Libsql = InstanceType<typeof Database>;

/** Whether another process holds the lock that every change needs. */
export const isLocked = (error: unknown): boolean => codeOf(error).startsWith('SQLITE_BUSY');

function control(work: () => void): SqliteStatement {
  const run = () => {
    work();
    return { changes: 0, lastInsertRowid: 0 };
  };
  return { reader: false, run, all: () => [], iterate: () => [][Symbol.iterator]() };
}

/** A statement in a transaction of its own, unless one is open. */
function change(database: Libsql, begin: () => void, statement: SqliteStatement): SqliteStatement {
  const within = <Result>(work: () => Result): Result => {
    if (database.inTransaction) return work();
    begin();
    try {
      const result = work();
      database.exec('commit');
      return result;
    } catch (error) {
      if (database.inTransaction) database.exec('rollback');
      throw error;
    }
  };
  return {
    reader: statement.reader,
    run: (parameters) => within(() => statement.run(parameters)),
    all: (parameters) => within(() => statement.all(parameters)),
    iterate: (parameters) => statement.iterate(parameters),
  };
}

const watched = (
  statement: SqliteStatement,
  failed: (error: unknown) => void,
): SqliteStatement => ({
  reader: statement.reader,
  run: (parameters) => telling(failed, () => statement.run(parameters)),
  all: (parameters) => telling(failed, () => statement.all(parameters)),
  iterate: (parameters) => telling(failed, () => statement.iterate(parameters)),
});

function telling<Result>(failed: (error: unknown) => void, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    failed(error);
    throw error;
  }
}
