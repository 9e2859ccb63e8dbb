import { it } from 'node:test';
import { inEachZone, type Zone } from '../time-zones.ts';
import { assertMet, everyHistoryHolds } from './histories/property.ts';

/** Always the same histories, and other ones in each zone; `test/slow` lives 5,000. */
const seeds: Record<Zone, number> = { UTC: 1, 'Asia/Shanghai': 2, 'America/Los_Angeles': 3 };

inEachZone((zone) => {
  it('random histories: no code outlives its window, grant or proof, no fourth proof in a month, no two overlap but for 3 hours, looking changes nothing (R9 to R12, R15, R17, R20)', async () => {
    assertMet(await everyHistoryHolds({ seed: seeds[zone], numRuns: 40 }), 1);
  });
});
