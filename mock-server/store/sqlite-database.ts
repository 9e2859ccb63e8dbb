import Database from 'libsql';
import type { SqliteDatabase, SqliteStatement } from 'kysely';
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Opens the embedded store.
 *
 * libsql 0.5 never resets a statement that met a locked database. It stays under way until it is collected as
 * garbage, and until then no transaction of the connection commits: what is written seems written, and is
 * not. So no prepared statement may meet the lock: each change waits for it with `begin immediate`, which
 * `exec` does without a prepared statement.
 *
 * @param patience how long to wait for another process's lock, milliseconds
 */
export function openSqlite(file: string, patience: number): SqliteDatabase {
  if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
  const database = new Database(file);
  // The patience first: turning the journal on may already meet another server that starts.
  database.exec(
    `pragma busy_timeout = ${patience}; pragma journal_mode = wal; pragma synchronous = full`,
  );
  return {
    prepare: (sql) => {
      if (/^(begin|commit|rollback)\b/.test(sql)) return control(database, sql);
      const statement = database.prepare(sql) as unknown as SqliteStatement;
      return /^(select|pragma|explain)\b/i.test(sql) ? statement : change(database, statement);
    },
    close: () => database.close(),
  };
}

type Libsql = InstanceType<typeof Database>;

function control(database: Libsql, sql: string): SqliteStatement {
  const run = () => {
    // A full disk has undone the transaction already; the error to tell is that one.
    if (sql !== 'rollback' || database.inTransaction) database.exec(sql);
    return { changes: 0, lastInsertRowid: 0 };
  };
  return { reader: false, run, all: () => [], iterate: () => [][Symbol.iterator]() };
}

/** A statement in a transaction of its own, unless one is open. */
function change(database: Libsql, statement: SqliteStatement): SqliteStatement {
  const within = <Result>(work: () => Result): Result => {
    if (database.inTransaction) return work();
    database.exec('begin immediate');
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
