import assert from 'node:assert/strict';
import { after, before, beforeEach, describe } from 'node:test';

/** Zones that a server or a phone may be in: the service's own, and one at either side of it. */
const zones = [
  { zone: 'UTC', minutesBehind: 0 },
  { zone: 'Asia/Shanghai', minutesBehind: -480 },
  { zone: 'America/Los_Angeles', minutesBehind: 480 },
] as const;
export type Zone = (typeof zones)[number]['zone'];

/** Defines the same tests once for each zone of the process; every one sees that it is in it. */
export function inEachZone(define: (zone: Zone) => void): void {
  const ownZone = process.env['TZ'];
  for (const { zone, minutesBehind } of zones) {
    describe(`in a process whose zone is ${zone}`, () => {
      before(() => {
        process.env['TZ'] = zone;
      });
      beforeEach(() => {
        assert.equal(new Date(2026, 0, 15).getTimezoneOffset(), minutesBehind);
      });
      after(() => {
        if (ownZone === undefined) delete process.env['TZ'];
        else process.env['TZ'] = ownZone;
      });
      define(zone);
    });
  }
}
