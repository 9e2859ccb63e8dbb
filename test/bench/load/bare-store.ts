import Database from 'libsql';
import { Pool, type PoolClient } from 'pg';
import type { StoreOptions } from '../../../mock-server/store/open-store.ts';

/** The rows of an issue, written by the driver alone. */
export interface BareStore {
  /** One row, in a commit that does not wait for the disk. */
  remember: (jti: string, at: number) => Promise<void>;
  /** The same. */
  apply: (application: {
    id: string;
    person: string;
    thumbprint: string;
    at: number;
  }) => Promise<void>;
  /** In one transaction: uses the assertion up, extends the chain, opens the grant. */
  issue: (issue: Issue) => Promise<void>;
  /** Counts a pack. @returns the grant's public id */
  takeCounters: (tokenHash: string) => Promise<string>;
  close: () => Promise<void>;
}

export interface Issue {
  application: string;
  assertion: string;
  thumbprint: string;
  token: string;
  publicId: string;
  at: number;
}

const tables = [
  'create table seen (jti text primary key, at bigint not null)',
  `create table applications (id text primary key, person text not null, thumbprint text not null,
    at bigint not null, assertion text)`,
  `create table proofs (person text not null, ordinal integer not null, application text not null,
    issued_at bigint not null, primary key (person, ordinal))`,
  `create table grants (token text primary key, person text not null, public_id text not null,
    thumbprint text not null, counter integer not null)`,
];

const statements = {
  remember: 'insert into seen (jti, at) values ($1, $2) on conflict do nothing',
  apply: 'insert into applications (id, person, thumbprint, at) values ($1, $2, $3, $4)',
  consume: `update applications set assertion = $1 where id = $2 and thumbprint = $3
    and assertion is null returning person`,
  last: 'select max(ordinal) as ordinal from proofs where person = $1',
  extend: 'insert into proofs (person, ordinal, application, issued_at) values ($1, $2, $3, $4)',
  grant: `insert into grants (token, person, public_id, thumbprint, counter)
    values ($1, $2, $3, $4, 30)`,
  count: 'update grants set counter = counter + 30 where token = $1 returning public_id',
};
type StatementName = keyof typeof statements;
type Row = Record<string, string & number> | undefined;

export const bareStore = ({ databaseUrl, file }: StoreOptions): Promise<BareStore> =>
  databaseUrl === undefined ? onSqlite(file) : onPostgres(databaseUrl);

async function onSqlite(file: string): Promise<BareStore> {
  const database = new Database(file);
  database.exec('pragma busy_timeout = 5000; pragma journal_mode = wal; pragma synchronous = full');
  const isNew =
    database.prepare("select 1 from sqlite_master where name = 'seen'").all().length === 0;
  if (isNew) database.exec(tables.join(';'));
  const prepared = new Map(
    Object.entries(statements).map(([name, text]) => [
      name,
      database.prepare(text.replaceAll(/\$\d/g, '?')),
    ]),
  );
  const run = (name: StatementName, ...values: unknown[]): Row => {
    const statement = prepared.get(name)!;
    if (statement.reader) return statement.all(...values)[0] as Row;
    statement.run(...values);
    return undefined;
  };
  const hurried = (write: () => unknown): void => {
    database.exec('pragma synchronous = normal');
    write();
    database.exec('pragma synchronous = full');
  };
  return {
    remember: async (jti, at) => hurried(() => run('remember', jti, at)),
    apply: async ({ id, person, thumbprint, at }) =>
      hurried(() => run('apply', id, person, thumbprint, at)),
    issue: async ({ application, assertion, thumbprint, token, publicId, at }) => {
      database.exec('begin immediate');
      const person = run('consume', assertion, application, thumbprint)?.['person'];
      const ordinal = run('last', person)?.['ordinal'] ?? 0;
      run('extend', person, ordinal + 1, application, at);
      run('grant', token, person, publicId, thumbprint);
      database.exec('commit');
    },
    takeCounters: async (tokenHash) => run('count', tokenHash)!['public_id']!,
    close: async () => void database.close(),
  };
}

async function onPostgres(connectionString: string): Promise<BareStore> {
  const pool = new Pool({ connectionString });
  const hurried = new Pool({ connectionString, options: '-c synchronous_commit=off' });
  const isNew = (await pool.query("select to_regclass('seen') as seen")).rows[0].seen === null;
  if (isNew) await pool.query(tables.join(';'));
  const run = async (
    client: Pick<PoolClient, 'query'>,
    name: StatementName,
    ...values: unknown[]
  ): Promise<Row> => (await client.query({ name, text: statements[name], values })).rows[0] as Row;
  return {
    remember: async (jti, at) => void (await run(hurried, 'remember', jti, at)),
    apply: async ({ id, person, thumbprint, at }) =>
      void (await run(hurried, 'apply', id, person, thumbprint, at)),
    issue: async ({ application, assertion, thumbprint, token, publicId, at }) => {
      const client = await pool.connect();
      await client.query('begin');
      const consumed = await run(client, 'consume', assertion, application, thumbprint);
      const person = consumed?.['person'];
      const ordinal = (await run(client, 'last', person))?.['ordinal'] ?? 0;
      await run(client, 'extend', person, ordinal + 1, application, at);
      await run(client, 'grant', token, person, publicId, thumbprint);
      await client.query('commit');
      client.release();
    },
    takeCounters: async (tokenHash) => (await run(pool, 'count', tokenHash))!['public_id']!,
    close: async () => void (await Promise.all([pool.end(), hurried.end()])),
  };
}
