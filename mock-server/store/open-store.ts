import { Kysely, Migrator, PostgresAdapter, sql, type Dialect, type Transaction } from 'kysely';
import { migrations } from './migrations.ts';
import { postgresDialect } from './postgres-dialect.ts';
import type { Schema } from './schema.ts';
import { sqliteDialects } from './sqlite-dialect.ts';

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

/** The store as it was opened. What it has committed is on the disk. */
export class OpenStore extends Kysely<Schema> {
  /**
   * The same tables, for what may be lost: what notices a repeat within minutes, and what has come to nothing
   * yet. A commit here is seen by all and outlives the process, but does not wait for the disk: a power cut
   * may take the last of it. Whatever is committed after it by the store itself takes it to the disk along.
   */
  readonly hurried: Store;

  constructor({ durable, hurried }: { durable: Dialect; hurried: Dialect }) {
    super({ dialect: durable });
    this.hurried = new Kysely<Schema>({ dialect: hurried });
  }

  override async destroy(): Promise<void> {
    await this.hurried.destroy();
    await super.destroy();
  }
}

/**
 * Opens the store and brings its schema up to date; safe when two servers start at once.
 *
 * @throws whatever the driver says when the store cannot be reached
 */
export async function openStore({
  databaseUrl,
  file,
  patienceMilliseconds: patience = 5000,
  onError = () => {},
}: StoreOptions): Promise<OpenStore> {
  if (databaseUrl === undefined) {
    const store = new OpenStore(sqliteDialects(file, patience, onError));
    return opened(store, () => migrate(store));
  }
  const postgres = (waitsForDisk: boolean, statementPatience = patience): Dialect =>
    postgresDialect({ databaseUrl, patience, statementPatience, waitsForDisk, onError });
  return opened(new OpenStore({ durable: postgres(true), hurried: postgres(false) }), async () => {
    // An index of many rows takes as long as it takes, and so does another server that is at it.
    const patient = new Kysely<Schema>({ dialect: postgres(true, 0) });
    await migrate(patient).finally(() => patient.destroy());
  });
}

async function opened(store: OpenStore, prepare: () => Promise<void>): Promise<OpenStore> {
  try {
    await prepare();
    // Kysely opens no connection before it is asked for something, and closes only what it has opened.
    for (const each of [store, store.hurried]) await sql`select 1`.execute(each);
    return store;
  } catch (error) {
    await store.destroy();
    throw error;
  }
}

export const isPostgres = (store: Store): boolean =>
  store.getExecutor().adapter instanceof PostgresAdapter;

async function migrate(db: Store): Promise<void> {
  const provider = { getMigrations: () => Promise.resolve(migrations) };
  const { error } = await new Migrator({ db, provider }).migrateToLatest();
  if (error) throw error;
}
