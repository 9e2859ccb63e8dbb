import { openDB, type DBSchema } from 'idb';
import type { KeySet } from '../../../widget/protocol/messages/metadata.ts';
import type { Policy } from '../../../widget/protocol/policy.ts';

/** What a gate has fetched, as it came; each part with the instant of it, seconds since the epoch. */
export interface KeptLists {
  policy?: Policy;
  keys?: { fetchedAt: number; keySet: KeySet };
  denylist?: { fetchedAt: number; token: string };
  manifests?: { fetchedAt: number; station: string; tokens: readonly ManifestToken[] };
}

export interface ManifestToken {
  /** `YYYY-MM-DD` */
  day: string;
  token: string;
}

/** Where lists outlast a restart of the gate without a network. */
export interface ListsCache {
  read: () => Promise<KeptLists>;
  write: (lists: KeptLists) => Promise<void>;
}

interface CacheSchema extends DBSchema {
  lists: { key: string; value: KeptLists };
}

/** @param issuer its origin: another issuer's lists are none of this gate's */
export async function openListsCache(
  issuer: string,
  name = 'boarding-id-gate-lists',
): Promise<ListsCache> {
  const database = await openDB<CacheSchema>(name, 1, {
    upgrade: (upgrading) => {
      upgrading.createObjectStore('lists');
    },
  });
  return {
    read: async () => (await database.get('lists', issuer)) ?? {},
    write: async (lists) => {
      await database.put('lists', lists, issuer);
    },
  };
}
