import assert from 'node:assert/strict';
import { it } from 'node:test';

/** 1 ms before an edge, on it, and 1 ms after. */
const offsets = [
  { offset: -1, name: '1 ms before' },
  { offset: 0, name: 'on the edge' },
  { offset: 1, name: '1 ms after' },
] as const;

/**
 * One test for each of the three instants at which an edge shows; each begins anew.
 *
 * @param see what is there at an offset, in milliseconds from the edge
 */
export function edge<Seen>(
  sentence: string,
  seen: readonly [before: Seen, on: Seen, after: Seen],
  see: (offset: number) => Seen | Promise<Seen>,
): void {
  for (const [index, { offset, name }] of offsets.entries()) {
    it(`${sentence}; ${name}: ${String(seen[index])}`, async () => {
      assert.deepEqual(await see(offset), seen[index]);
    });
  }
}
