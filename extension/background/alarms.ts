import type { Alarms } from 'webextension-polyfill';
import type { Reminder } from '../stored-options.ts';
import type { ProofTimes } from '../stored-times.ts';
import { badgeAt } from './badge.ts';
import { spanOf } from './reminders.ts';

/**
 * The alarms there have to be, each at its instant on this clock (B3): a reminder's has its name, `badge`
 * is the badge's next change. Instants that have passed have none.
 *
 * @param wanted the reminders that may be shown
 * @param now this clock, milliseconds since the epoch
 */
export function alarmsFor(
  times: ProofTimes | undefined,
  wanted: readonly Reminder[],
  now: number,
): Map<Reminder | 'badge', number> {
  const alarms = new Map<Reminder | 'badge', number>();
  if (!times) return alarms;
  for (const reminder of wanted) {
    const span = spanOf(reminder, times);
    const when = span && Math.ceil(span.from * 1000 - times.clockOffset);
    if (when !== undefined && when > now) alarms.set(reminder, when);
  }
  const badge = badgeAt(times, now);
  if (badge) alarms.set('badge', badge.changesAt);
  return alarms;
}

/**
 * Sets them, and takes away what there is beside them. One that stands already is set again all the same:
 * Firefox counts down from when it was set, and does not count while the computer sleeps.
 */
export async function setAlarms(
  alarms: Pick<Alarms.Static, 'create' | 'clear' | 'getAll'>,
  wanted: ReadonlyMap<string, number>,
): Promise<void> {
  for (const { name } of await alarms.getAll()) {
    if (!wanted.has(name)) await alarms.clear(name);
  }
  for (const [name, when] of wanted) await alarms.create(name, { when });
}
