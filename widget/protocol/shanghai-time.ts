/**
 * Calendar months and days in Asia/Shanghai, whatever zone the process runs in. Instants are whole
 * seconds since the epoch. China has kept UTC+8 without summer time since 1991, so a fixed offset
 * is exact for every instant this service deals with, and needs no time-zone data on the phone.
 */

const offsetSeconds = 8 * 60 * 60;
const daySeconds = 24 * 60 * 60;

/** The same wall clock, to be read as if it were UTC. */
export const wallClock = (at: number): Date => new Date((at + offsetSeconds) * 1000);

const instant = (year: number, month: number, day: number, secondOfDay = 0): number =>
  Date.UTC(year, month, day) / 1000 + secondOfDay - offsetSeconds;

/** The calendar month, `YYYY-MM` (R9). */
export const monthOf = (at: number): string => wallClock(at).toISOString().slice(0, 7);

/** The service day, `YYYY-MM-DD`. */
export const dayOf = (at: number): string => wallClock(at).toISOString().slice(0, 10);

/** Whether it is written `YYYY-MM-DD` and the calendar has it. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const parsed = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(parsed.getTime()) && parsed.toISOString().startsWith(text);
}

/** The service day that lies `days` after (or, negative, before) the given one. */
export const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * daySeconds * 1000).toISOString().slice(0, 10);

/** The instant at which a service day `YYYY-MM-DD` begins. */
export const startOfDay = (day: string): number =>
  Date.parse(`${day}T00:00:00Z`) / 1000 - offsetSeconds;

/** The instant at which the next calendar month begins: when the month's applications return. */
export function startOfNextMonth(at: number): number {
  const date = wallClock(at);
  return instant(date.getUTCFullYear(), date.getUTCMonth() + 1, 1);
}

/**
 * The start of the same day of last month, clamped to that month's last day: 31 March gives
 * 28 (or 29) February. Records reach back to here (R23).
 */
export function sameDayLastMonth(at: number): number {
  const date = wallClock(at);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  const lastDayOfLastMonth = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return instant(year, month - 1, Math.min(date.getUTCDate(), lastDayOfLastMonth));
}
