import Database from 'libsql';
import { Client } from 'pg';

/** What is told of every statement that goes to either store, in this process. */
export interface StatementWatch {
  before: (sql: string) => void;
  after: (sql: string) => void;
  /** Whether to commit after it and begin anew, which breaks its transaction in two. */
  breaksAfter: (sql: string) => boolean;
  /** Whether an issue written at once is to find its check used, so that it is left to the transaction. */
  findsUsed: () => boolean;
}

/** Begins a whole issue that is written at once: by hand, and so without quotes. */
const isWholeIssue = (sql: string): boolean => sql.includes('update liveness_checks set');

type Call = (...given: unknown[]) => unknown;

/** Stands between Kysely and the drivers. */
export function watchStatements(watch: StatementWatch): void {
  watchSqlite(watch);
  watchPostgres(watch);
}

function watchSqlite({ before, after, breaksAfter, findsUsed }: StatementWatch): void {
  const driver = Database.prototype as unknown as Record<'exec' | 'prepare', Call>;
  const { exec, prepare } = driver;
  driver.exec = function (this: unknown, sql) {
    before(String(sql));
    const result = exec.call(this, sql);
    after(String(sql));
    return result;
  };
  driver.prepare = function (this: unknown, given) {
    const sql = String(given);
    const statement = prepare.call(this, sql) as Record<'run' | 'all', Call>;
    for (const name of ['run', 'all'] as const) {
      const original = statement[name].bind(statement);
      statement[name] = (...parameters) => {
        if (isWholeIssue(sql) && findsUsed()) return { changes: 0, lastInsertRowid: 0 };
        before(sql);
        const result = original(...parameters);
        after(sql);
        if (breaksAfter(sql)) exec.call(this, 'commit; begin immediate');
        return result;
      };
    }
    return statement;
  };
}

function watchPostgres({ before, after, breaksAfter, findsUsed }: StatementWatch): void {
  const driver = Client.prototype as unknown as { query: Call };
  const { query } = driver;
  const inTransaction = new WeakSet<object>();
  driver.query = async function (this: object, given, ...parameters) {
    const sql = typeof given === 'string' ? given : (given as { text: string }).text;
    if (isWholeIssue(sql) && findsUsed()) return { command: 'SELECT', rowCount: 0, rows: [] };
    before(sql);
    const result = await query.call(this, given, ...parameters);
    after(sql);
    if (/^(begin|start)\b/.test(sql)) inTransaction.add(this);
    else if (/^(commit|rollback)\b/.test(sql)) inTransaction.delete(this);
    // By itself it is a transaction of its own: SQLite's commits are seen, these are known.
    else if (!inTransaction.has(this)) after('commit');
    if (breaksAfter(sql)) await query.call(this, 'commit; begin');
    return result;
  };
}
