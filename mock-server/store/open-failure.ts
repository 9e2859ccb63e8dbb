import { Client } from 'pg';

/** Where a store was to be opened; with a `databaseUrl` nothing is asked of the folder. */
export interface StorePlace {
  /** `postgres://…` */
  databaseUrl: string | undefined;
  dataFolder: string;
}

/** As they read before "at host:port". */
const postgresReasons: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing answers',
  ECONNRESET: 'the connection is broken off',
  EHOSTUNREACH: 'nothing is reached',
  ENETUNREACH: 'nothing is reached',
  ENOENT: 'nothing answers',
  ENOTFOUND: 'no host is known',
  EAI_AGAIN: 'no host is known for now',
  ETIMEDOUT: 'nothing answers in time',
  '28000': 'the user is not let in',
  '28P01': 'the user or the password is refused',
  '3D000': 'there is no such database',
  '42501': 'the user may not make tables',
  '53300': 'no more connections are taken',
  '57P03': 'the database is just starting or ending',
};

const sqliteReasons: Readonly<Record<string, string>> = {
  EACCES: 'that may not be read or written',
  EEXIST: 'this is no folder',
  ENOENT: 'the folder cannot be made',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'this is no folder',
  EPERM: 'that may not be read or written',
  EROFS: 'nothing can be written there',
  SQLITE_BUSY: 'another process keeps hold of the store',
  SQLITE_CANTOPEN: 'boarding-id.sqlite there cannot be opened',
  SQLITE_CORRUPT: 'boarding-id.sqlite there is damaged',
  SQLITE_FULL: 'the disk is full',
  SQLITE_IOERR: 'the disk has failed',
  SQLITE_NOTADB: 'boarding-id.sqlite there is no database',
  SQLITE_READONLY: 'boarding-id.sqlite there cannot be written',
};

/**
 * Says why a store could not be opened, with the variable that says where, and what to do; never with a
 * password.
 *
 * @returns `undefined` for what no operator can mend by looking there
 */
export function openFailure(
  error: unknown,
  { databaseUrl, dataFolder }: StorePlace,
): string | undefined {
  const code = codeOf(error);
  if (code === undefined) return undefined;
  if (databaseUrl === undefined) {
    const reason = sqliteReasons[code];
    return (
      reason &&
      `DATA_FOLDER: ${dataFolder}: ${reason} (${code}). Mend that, or set DATA_FOLDER to another folder.`
    );
  }
  const reason = postgresReasons[code];
  const { host, port } = new Client({ connectionString: databaseUrl });
  return (
    reason &&
    `DATABASE_URL: ${reason} at ${host}:${port} (${code}). Mend that, or set DATABASE_URL to another database.`
  );
}

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  // libsql 0.5 gives no code where it cannot open a file at all.
  if (error.message.startsWith('ConnectionFailed(')) return 'SQLITE_CANTOPEN';
  // As pg says it, without a code, when the time for a connection is over.
  if (/^timeout e|due to connection timeout/.test(error.message)) return 'ETIMEDOUT';
  const { code } = error as NodeJS.ErrnoException;
  return typeof code === 'string' ? code : undefined;
}
