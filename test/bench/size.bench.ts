import { ceilings, flowGoal, measureLibraries, measureSizes } from '../package/sizes.ts';
import type { BenchRow } from './row.ts';

/** Sizes against their goals (R1: the tile is light enough for every home page). */
export async function benchSize(): Promise<BenchRow[]> {
  const { entry, flow, languages } = await measureSizes();
  const given = await measureLibraries();
  const unit = 'kB gzip';
  return [
    {
      what: 'widget: entry tile alone',
      value: entry,
      unit,
      goal: `≤ ${ceilings.entry}`,
      met: entry <= ceilings.entry,
    },
    {
      what: 'widget: whole flow, one language',
      value: flow,
      unit,
      goal: `≤ ${flowGoal}`,
      met: flow <= flowGoal,
    },
    {
      what: 'widget: of that, the given libraries',
      value: given,
      unit,
      goal: '(20.4 where measured before)',
      met: true,
    },
    ...languages.map(({ language, kilobytes }) => ({
      what: `widget: ${language}, when asked for`,
      value: kilobytes,
      unit,
      goal: '(a chunk of its own)',
      met: true,
    })),
  ];
}
