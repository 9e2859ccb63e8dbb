/**
 * Months and days in Shanghai by the time-zone data that Node carries, and not by an offset as the
 * service reckons them. Instants are whole seconds since the epoch.
 */

export const minute = 60;
export const hour = 60 * minute;
const day = 24 * hour;

const shanghai = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/** `YYYY-MM-DD` */
export const dayOf = (at: number): string => shanghai.format(at * 1000);
/** `YYYY-MM` */
export const monthOf = (at: number): string => dayOf(at).slice(0, 7);
const midnightOf = (date: string): number => Date.parse(`${date}T00:00:00+08:00`) / 1000;

export const nextDay = (at: number): number => midnightOf(dayOf(at)) + day;

export function nextMonth(at: number): number {
  let next = nextDay(at);
  while (monthOf(next) === monthOf(at)) next += day;
  return next;
}

/** The start of the same day of last month, or of that month's last (R23). */
export function sameDayLastMonth(at: number): number {
  const dayOfMonth = (instant: number): string => dayOf(instant).slice(8);
  let since = midnightOf(`${monthOf(at)}-01`) - day;
  while (dayOfMonth(since) > dayOfMonth(at)) since -= day;
  return since;
}
