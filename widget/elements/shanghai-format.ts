import type { Dictionary } from '../locales/index.ts';

/** Instants (seconds since the epoch) as a traveller reads them, in Asia/Shanghai wherever they are. */

const formats = new Map<string, Intl.DateTimeFormat>();

function format(texts: Dictionary, at: number, options: Intl.DateTimeFormatOptions): string {
  const locale = texts.language === 'en' ? 'en-GB' : texts.language;
  const key = locale + Object.keys(options).join();
  let known = formats.get(key);
  if (!known) {
    known = new Intl.DateTimeFormat(locale, {
      timeZone: 'Asia/Shanghai',
      hourCycle: 'h23',
      ...options,
    });
    formats.set(key, known);
  }
  return known.format(at * 1000);
}

const day = { month: 'short', day: 'numeric' } as const;
const minute = { hour: '2-digit', minute: '2-digit' } as const;

/** `11月23日 15:07` */
export const dateAndTime = (texts: Dictionary, at: number): string =>
  `${date(texts, at)} ${format(texts, at, minute)}`;

/** `11月23日` */
export const date = (texts: Dictionary, at: number): string => format(texts, at, day);

/** `15:07:42` */
export const clock = (texts: Dictionary, at: number): string =>
  format(texts, at, { ...minute, second: '2-digit' });
