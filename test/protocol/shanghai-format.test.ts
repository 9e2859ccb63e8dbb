import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { clock, date, dateAndTime } from '../../widget/elements/shanghai-format.ts';
import { en } from '../../widget/locales/en.ts';
import { zh } from '../../widget/locales/zh.ts';

const everyNinthHour = Array.from(
  { length: 1000 },
  (_, index) => Date.UTC(2027, 11, 1, 0, 0, 7) / 1000 + index * (9 * 3600 + 61),
);

/** As the browser's own formats have it. */
const formatted = (locale: string, at: number, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(locale, {
    timeZone: 'Asia/Shanghai',
    hourCycle: 'h23',
    ...options,
  }).format(at * 1000);

describe('instants as a traveller reads them', () => {
  it('are those of Shanghai, written as each language writes them, over a leap year', () => {
    const minute = { hour: '2-digit', minute: '2-digit' } as const;
    for (const [texts, locale] of [
      [zh, 'zh-CN'],
      [en, 'en-GB'],
    ] as const) {
      for (const at of everyNinthHour) {
        const day = formatted(locale, at, { month: 'short', day: 'numeric' });
        assert.equal(date(texts, at), day);
        assert.equal(dateAndTime(texts, at), `${day} ${formatted(locale, at, minute)}`);
        assert.equal(clock(at), formatted(locale, at, { ...minute, second: '2-digit' }));
      }
    }
  });
});
