import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { PlaceFound } from '../protocol/messages/holder.ts';
import type { Vault, VaultContent } from './vault.ts';

interface VaultSchema extends DBSchema {
  vault: { key: 'holder' | 'place' | 'probe'; value: VaultContent | PlaceFound | CryptoKey };
}

/** A database that does not answer within this (some web views' never do) is taken for none. */
const watchdogMilliseconds = 10_000;

/**
 * The vault in IndexedDB: database `boarding-id`, one store, two entries. Structured cloning keeps
 * the key non-extractable. Each use opens and closes the database, so that no tab stands in
 * another's way.
 *
 * @param after calls back once after so many milliseconds; the answer cancels
 * @param name of the database; another one only in tests
 */
export function createIdbVault(
  after: (milliseconds: number, callback: () => void) => () => void,
  name = 'boarding-id',
): Vault {
  async function use<Result>(
    work: (database: IDBPDatabase<VaultSchema>) => Promise<Result>,
  ): Promise<Result> {
    const database = await openDB<VaultSchema>(name, 1, {
      upgrade: (opened) => {
        opened.createObjectStore('vault');
      },
      blocking: (_from, _to, event) => {
        (event.target as IDBDatabase).close();
      },
    });
    try {
      return await work(database);
    } finally {
      database.close();
    }
  }

  /** Private mode, a frame without storage, a full disk: as if nothing could ever be kept. */
  const or = <Result>(answer: Promise<Result>, otherwise: Result): Promise<Result> =>
    new Promise((resolve) => {
      const giveUp = () => resolve(otherwise);
      const cancel = after(watchdogMilliseconds, giveUp);
      answer.then(resolve, giveUp).finally(cancel);
    });

  const read = <Value>(key: 'holder' | 'place'): Promise<Value | undefined> =>
    or(
      use((database) => database.get('vault', key) as Promise<Value | undefined>),
      undefined,
    );
  const change = (work: (database: IDBPDatabase<VaultSchema>) => Promise<unknown>) =>
    or(
      use(work).then(() => true),
      false,
    );

  return {
    read: () => read<VaultContent>('holder'),
    // Not being able to look is no sign that anything was cleared.
    isEmpty: () =>
      or(
        use(async (database) => (await database.count('vault', 'holder')) === 0),
        false,
      ),
    write: (content) =>
      change((database) =>
        content ? database.put('vault', content, 'holder') : database.delete('vault', 'holder'),
      ),
    readPlace: () => read<PlaceFound>('place'),
    writePlace: (place) => change((database) => database.put('vault', place, 'place')),
    keeps: (key) =>
      change(async (database) => {
        await database.put('vault', key, 'probe');
        await database.delete('vault', 'probe');
      }),
    clear: () => change((database) => database.clear('vault')),
  };
}
