import assert from 'node:assert/strict';
import { it } from 'node:test';
import {
  dayAfter,
  dayOf,
  monthOf,
  sameDayLastMonth,
  startOfDay,
  startOfNextMonth,
} from '../../widget/protocol/shanghai-time.ts';
import { inEachZone } from '../time-zones.ts';

/** An instant by its wall clock in Shanghai. */
const shanghai = (wallClock: string): number => Date.parse(`${wallClock}+08:00`) / 1000;

inEachZone(() => {
  it('a day begins at midnight in Shanghai, to the second', () => {
    assert.equal(dayOf(shanghai('2026-03-01T00:00:00') - 1), '2026-02-28');
    assert.equal(dayOf(shanghai('2026-03-01T00:00:00')), '2026-03-01');
    assert.equal(dayOf(shanghai('2026-03-01T00:00:00') + 1), '2026-03-01');
    assert.equal(dayOf(shanghai('2026-03-01T23:59:59')), '2026-03-01');
  });

  it('R9: a month begins at midnight of its first day in Shanghai, to the second', () => {
    assert.equal(monthOf(shanghai('2026-04-01T00:00:00') - 1), '2026-03');
    assert.equal(monthOf(shanghai('2026-04-01T00:00:00')), '2026-04');
    assert.equal(monthOf(shanghai('2026-04-01T00:00:00') + 1), '2026-04');
  });

  it('R9: the turn of the year is the turn of a month', () => {
    assert.equal(monthOf(shanghai('2026-12-31T23:59:59')), '2026-12');
    assert.equal(monthOf(shanghai('2027-01-01T00:00:00')), '2027-01');
    assert.equal(dayOf(shanghai('2026-12-31T23:59:59')), '2026-12-31');
    assert.equal(dayOf(shanghai('2027-01-01T00:00:00')), '2027-01-01');
  });

  it('R9: the applications of a month return with the first second of the next', () => {
    const april = shanghai('2026-04-01T00:00:00');
    assert.equal(startOfNextMonth(shanghai('2026-03-01T00:00:00')), april);
    assert.equal(startOfNextMonth(april - 1), april);
    assert.equal(startOfNextMonth(april), shanghai('2026-05-01T00:00:00'));
    const january = shanghai('2027-01-01T00:00:00');
    assert.equal(startOfNextMonth(shanghai('2026-12-15T12:00:00')), january);
  });

  it('29 February is a day in a leap year only', () => {
    assert.equal(dayOf(shanghai('2028-03-01T00:00:00') - 1), '2028-02-29');
    assert.equal(dayOf(shanghai('2027-03-01T00:00:00') - 1), '2027-02-28');
    assert.equal(dayAfter('2028-02-28', 1), '2028-02-29');
    assert.equal(dayAfter('2027-02-28', 1), '2027-03-01');
  });

  it('days are counted over months and years, forwards and backwards', () => {
    assert.equal(dayAfter('2026-12-31', 1), '2027-01-01');
    assert.equal(dayAfter('2027-01-01', -1), '2026-12-31');
    assert.equal(dayAfter('2026-03-01', 0), '2026-03-01');
  });

  it('a day starts at its first second', () => {
    assert.equal(startOfDay('2026-03-01'), shanghai('2026-03-01T00:00:00'));
    assert.equal(dayOf(startOfDay('2026-03-01') - 1), '2026-02-28');
  });

  it('R23: records reach back to the start of the same day of last month', () => {
    assert.equal(
      sameDayLastMonth(shanghai('2026-03-15T18:30:00')),
      shanghai('2026-02-15T00:00:00'),
    );
    assert.equal(
      sameDayLastMonth(shanghai('2026-01-10T00:00:00')),
      shanghai('2025-12-10T00:00:00'),
    );
  });

  it('R23: where last month has no such day, its last day counts', () => {
    for (const [today, since] of [
      ['2026-03-31', '2026-02-28'],
      ['2026-03-29', '2026-02-28'],
      ['2028-03-31', '2028-02-29'],
      ['2028-03-29', '2028-02-29'],
      ['2026-05-31', '2026-04-30'],
      ['2026-08-31', '2026-07-31'],
      ['2027-01-31', '2026-12-31'],
    ] as const) {
      const start = shanghai(`${since}T00:00:00`);
      assert.equal(sameDayLastMonth(shanghai(`${today}T00:00:00`)), start, today);
      assert.equal(sameDayLastMonth(shanghai(`${today}T23:59:59`)), start, today);
    }
  });
});
