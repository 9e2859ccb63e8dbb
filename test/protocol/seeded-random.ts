/** Random choices that are the same in every run, so that a failure can be looked at again. */
export interface SeededRandom {
  /** A whole number from 0 up to, not including, `below`. */
  integer: (below: number) => number;
  pick: <T>(items: readonly T[]) => T;
  bytes: (length: number) => Uint8Array<ArrayBuffer>;
}

/** Mulberry32: 32 bit of state, good enough to spread test cases. */
export function seededRandom(seed: number): SeededRandom {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const integer = (below: number): number => Math.floor(next() * below);
  return {
    integer,
    pick: (items) => {
      const item = items[integer(items.length)];
      if (item === undefined) throw new RangeError('nothing to pick from');
      return item;
    },
    bytes: (length) => Uint8Array.from({ length }, () => integer(256)),
  };
}
