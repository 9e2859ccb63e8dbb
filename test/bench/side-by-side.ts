import { median } from './quantile.ts';

/** How the contestants did: operations a second, and the first's speed over each other's. */
export interface SideBySide {
  perSecond: Record<string, number>;
  /** Median over the rounds of a contestant's time over the first one's. */
  ratioToFirst: (other: string) => number;
}

/**
 * Measures contestants in turns of small batches within one run, the order turning with each round,
 * so that a noisy machine disturbs all alike. The ratio is taken within each round.
 *
 * @param contestants each does its operation number `i` once
 * @param batch operations a turn
 */
export async function sideBySide(
  contestants: Record<string, (i: number) => Promise<unknown>>,
  batch: number,
  rounds = 80,
  warmUpRounds = 20,
): Promise<SideBySide> {
  const names = Object.keys(contestants);
  const first = names[0] ?? '';
  const times = new Map(names.map((name) => [name, [] as number[]]));
  for (let round = 0; round < warmUpRounds + rounds; round++) {
    names.push(...names.splice(0, 1));
    for (const name of names) {
      const operate = contestants[name];
      if (!operate) continue;
      const start = performance.now();
      for (let i = 0; i < batch; i++) await operate(round * batch + i);
      if (round >= warmUpRounds) times.get(name)?.push(performance.now() - start);
    }
  }
  const timesOf = (name: string): number[] => times.get(name) ?? [];
  return {
    perSecond: Object.fromEntries(
      names.map((name) => [name, (1000 * batch) / median(timesOf(name))]),
    ),
    ratioToFirst: (other) =>
      median(timesOf(other).map((time, round) => time / (timesOf(first)[round] ?? Number.NaN))),
  };
}
