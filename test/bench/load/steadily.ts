import type { Asker } from './turns.ts';

/** How often memory is looked at, milliseconds. */
const sampleMilliseconds = 2000;

/** As often as they can, for so long. @returns how many a second */
export async function mostPerSecond(askers: Asker[], milliseconds: number): Promise<number> {
  const start = performance.now();
  let done = 0;
  await Promise.all(
    askers.map(async ({ ask }) => {
      for (; performance.now() - start < milliseconds; done++) await ask();
    }),
  );
  return (1000 * done) / (performance.now() - start);
}

/**
 * So many a second, evenly, for so long; whoever is late asks at once.
 *
 * @param sample looked at now and then
 */
export async function steadily(
  askers: Asker[],
  perSecond: number,
  milliseconds: number,
  sample: () => Promise<number>,
): Promise<{ done: number; samples: number[] }> {
  const start = performance.now();
  const passed = (): number => performance.now() - start;
  const samples: number[] = [];
  let done = 0;
  const interval = (1000 * askers.length) / perSecond;
  await Promise.all([
    ...askers.map(async ({ ask }, index) => {
      for (let turn = 0; passed() < milliseconds; turn++) {
        await until((turn + index / askers.length) * interval - passed());
        await ask();
        done++;
      }
    }),
    (async () => {
      while (passed() < milliseconds) {
        samples.push(await sample());
        await until(sampleMilliseconds);
      }
    })(),
  ]);
  return { done, samples };
}

const until = (milliseconds: number): Promise<void> =>
  milliseconds > 0
    ? new Promise((resolve) => setTimeout(resolve, milliseconds))
    : Promise.resolve();
