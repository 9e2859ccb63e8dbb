import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { Vault, VaultContent } from './vault.ts';

interface VaultSchema extends DBSchema {
  vault: { key: 'holder'; value: VaultContent };
}

/**
 * The vault in IndexedDB: database `boarding-id`, one store, one entry. Structured cloning keeps the
 * key non-extractable. Each use opens and closes the database, so that no tab stands in another's way.
 *
 * @param name of the database; another one only in tests
 */
export function createIdbVault(name = 'boarding-id'): Vault {
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

  return {
    read: async () => {
      try {
        return await use((database) => database.get('vault', 'holder'));
      } catch {
        // No storage here (private mode, a frame without it): as if nothing had ever been kept.
        return undefined;
      }
    },
    isEmpty: async () => {
      try {
        return (await use((database) => database.count('vault', 'holder'))) === 0;
      } catch {
        return false;
      }
    },
    write: async (content) => {
      try {
        await use((database) => database.put('vault', content, 'holder'));
        return true;
      } catch {
        return false;
      }
    },
    clear: async () => {
      try {
        await use((database) => database.clear('vault'));
        return true;
      } catch {
        return false;
      }
    },
  };
}
