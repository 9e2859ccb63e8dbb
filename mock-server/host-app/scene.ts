import type { HostApp, HostState } from './host-app.ts';
import type { Station } from './ticket-office.ts';
import type { Texts } from './texts.ts';

/** What each view is given. */
export interface Scene {
  app: HostApp;
  state: HostState;
  texts: Texts;
}

/** A station's name in the page's language, or its id while names are not known. */
export function stationName({ stations, settings }: HostState, id: string): string {
  return stations.find((station: Station) => station.id === id)?.name[settings.language] ?? id;
}

/** An instant, in seconds since the epoch, as Shanghai's clocks show it. */
export function timeText(texts: Texts, at: number, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(texts.locale, {
    timeZone: 'Asia/Shanghai',
    hourCycle: 'h23',
    ...options,
  }).format(at * 1000);
}

export const hourAndMinute: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit' };
export const dayAndTime: Intl.DateTimeFormatOptions = {
  month: 'short',
  day: 'numeric',
  ...hourAndMinute,
};
