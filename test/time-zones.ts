import assert from 'node:assert/strict';
import { after, before, beforeEach, describe } from 'node:test';

/** Zones that a server or a phone may be in: the service's own, and one at either side of it. */
export const zones = [
  { zone: 'UTC', minutesBehind: 0 },
  { zone: 'Asia/Shanghai', minutesBehind: -480 },
  { zone: 'America/Los_Angeles', minutesBehind: 480 },
] as const;

/** Brings the process into a zone, and sees that it really is in it. */
export function enterZone({ zone, minutesBehind }: (typeof zones)[number]): void {
  process.env['TZ'] = zone;
  assert.equal(new Date(2026, 0, 15).getTimezoneOffset(), minutesBehind, zone);
}

/** Defines the same tests once for each zone of the process. */
export function inEachZone(define: () => void): void {
  const ownZone = process.env['TZ'];
  for (const entry of zones) {
    describe(`in a process whose zone is ${entry.zone}`, () => {
      before(() => enterZone(entry));
      beforeEach(() => {
        assert.equal(new Date(2026, 0, 15).getTimezoneOffset(), entry.minutesBehind);
      });
      after(() => {
        if (ownZone === undefined) delete process.env['TZ'];
        else process.env['TZ'] = ownZone;
      });
      define();
    });
  }
}
