import type { Dictionary } from '../locales/index.ts';
import { wallClock } from '../protocol/shanghai-time.ts';

/**
 * Instants (seconds since the epoch) as a traveller reads them, in Asia/Shanghai wherever they are. Not by
 * `Intl`, whose formats take a phone longer to make than all the rest of the code screen.
 */

/** `11月23日 15:07` */
export const dateAndTime = (texts: Dictionary, at: number): string =>
  `${date(texts, at)} ${clock(at).slice(0, 5)}`;

/** `11月23日` */
export function date(texts: Dictionary, at: number): string {
  const day = wallClock(at);
  return texts.date(day.getUTCMonth(), day.getUTCDate());
}

/** `15:07:42` */
export const clock = (at: number): string => wallClock(at).toISOString().slice(11, 19);
