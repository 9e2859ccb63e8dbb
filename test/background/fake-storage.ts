import type { Storage } from 'webextension-polyfill';
import type { StorageArea } from '../../extension/stored.ts';
import { FakeEvent } from './fake-event.ts';

/** `storage.local`, with what an earlier version may have left in it. */
export class FakeStorage {
  readonly onChanged = new FakeEvent<[Record<string, Storage.StorageChange>]>();
  readonly entries: Record<string, unknown> = {};

  get area(): StorageArea {
    const { entries, onChanged } = this;
    return {
      get: async (key) => {
        const name = key as string;
        return name in entries ? { [name]: structuredClone(entries[name]) } : {};
      },
      set: async (items) => {
        Object.assign(entries, structuredClone(items));
        onChanged.fire(
          Object.fromEntries(Object.entries(items).map(([name, newValue]) => [name, { newValue }])),
        );
      },
      remove: async (key) => {
        const name = key as string;
        const oldValue = entries[name];
        delete entries[name];
        onChanged.fire({ [name]: { oldValue } });
      },
      onChanged,
    };
  }
}
