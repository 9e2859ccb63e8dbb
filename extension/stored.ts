import type { Storage } from 'webextension-polyfill';
import { listen } from './listening.ts';

/** Where the extension keeps what is no secret: it outlives the browser, and clearing its data. */
export type StorageArea = Pick<Storage.StorageArea, 'get' | 'set' | 'remove' | 'onChanged'>;

/** One entry of it. */
export interface Stored<Value> {
  read: () => Promise<Value>;
  write: (value: Value) => Promise<void>;
  /** Nothing of it stays; the next reading finds the defaults. */
  clear: () => Promise<void>;
  /** Calls back after each change, by whichever surface, until the signal aborts. */
  watch: (listener: (value: Value) => void, signal: AbortSignal) => void;
}

/**
 * @param understand what was found, which an earlier version may have written, or nobody: never throws
 */
export function stored<Value>(
  area: StorageArea,
  key: string,
  understand: (found: unknown) => Value,
): Stored<Value> {
  return {
    read: async () => understand((await area.get(key))[key]),
    write: (value) => area.set({ [key]: value }),
    clear: () => area.remove(key),
    watch: (listener, signal) =>
      listen(
        area.onChanged,
        (changes) => {
          if (key in changes) listener(understand(changes[key]?.newValue));
        },
        signal,
      ),
  };
}
