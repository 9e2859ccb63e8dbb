import { it } from 'node:test';
import { assertMet, everyHistoryHolds } from '../issuer/histories/property.ts';
import { inEachZone, type Zone } from '../time-zones.ts';

/** 5,000 in all. */
const runs: Record<Zone, { seed: number; numRuns: number }> = {
  UTC: { seed: 2027, numRuns: 1667 },
  'Asia/Shanghai': { seed: 2028, numRuns: 1667 },
  'America/Los_Angeles': { seed: 2029, numRuns: 1666 },
};

inEachZone((zone) => {
  it('random histories: no code outlives its window, grant or proof, no fourth proof in a month, no two overlap but for 3 hours, looking changes nothing (R9 to R12, R15, R17, R20)', async (test) => {
    const happened = await everyHistoryHolds(runs[zone]);
    test.diagnostic([...happened].map((entry) => entry.join(': ')).join(', '));
    assertMet(happened, 20);
  });
});
