import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { auctionTerms } from '../testing/golden-schemes.ts';
import { addDays, addMonths, daysBetween, isDay } from './calendar.ts';
import { defineScheme } from './define-scheme.ts';
import type { SchemeTerms } from './terms.ts';

const runs = { numRuns: Number(process.env.HOLDFAST_RUNS ?? 300) };
const anyDay = fc
  .date({ min: new Date('1902-01-01'), max: new Date('2197-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const daysOf = (terms: Partial<SchemeTerms>) => {
  const { drawDays, dueDays } = defineScheme({ ...auctionTerms, tickets: 5, instalments: 5, ...terms })._unsafeUnwrap();
  return { drawDays, dueDays };
};

describe('the calendar', () => {
  it('edge case 29: a month after the 31st is the last day of a shorter one, and the 31st again after', () => {
    expect(daysOf({ starts: '2027-12-31' }).drawDays).toEqual([
      '2027-12-31',
      '2028-01-31',
      '2028-02-29',
      '2028-03-31',
      '2028-04-30',
    ]);
    expect(daysOf({ starts: '2026-11-29' }).drawDays.slice(3)).toEqual(['2027-02-28', '2027-03-29']);
    expect(daysOf({ starts: '2026-11-30' }).drawDays.slice(3)).toEqual(['2027-02-28', '2027-03-30']);
  });

  it('edge case 29: a draw and a due day on a holiday move to the next working day, or to the one before', () => {
    const days = ['2026-01-26', '2026-01-27', '2026-03-02'];
    const terms = { starts: '2026-01-26', dueAfterDays: 3 };
    expect(daysOf({ ...terms, holidays: { days, move: 'later' } })).toEqual({
      drawDays: ['2026-01-28', '2026-02-26', '2026-03-26', '2026-04-26', '2026-05-26'],
      dueDays: ['2026-01-31', '2026-03-01', '2026-03-29', '2026-04-29', '2026-05-29'],
    });
    expect(daysOf({ ...terms, dueAfterDays: 4, holidays: { days, move: 'earlier' } })).toMatchObject({
      drawDays: ['2026-01-25', '2026-02-26', '2026-03-26', '2026-04-26', '2026-05-26'],
      dueDays: ['2026-01-29', '2026-03-01', '2026-03-30', '2026-04-30', '2026-05-30'],
    });
  });

  it('draws every week on the same day, and every day but holidays', () => {
    expect(daysOf({ every: 'week' }).drawDays).toEqual([
      '2026-01-05',
      '2026-01-12',
      '2026-01-19',
      '2026-01-26',
      '2026-02-02',
    ]);
    const holidays = { days: ['2026-01-06', '2026-01-08'], move: 'later' } as const;
    expect(daysOf({ every: 'day', holidays }).drawDays).toEqual([
      '2026-01-05',
      '2026-01-07',
      '2026-01-09',
      '2026-01-10',
      '2026-01-11',
    ]);
  });

  it('refuses holidays that bring two draws to one day, and days past its end', () => {
    const week = Array.from({ length: 7 }, (_, index) => addDays('2026-01-05', index));
    const terms = { ...auctionTerms, every: 'week' as const, holidays: { days: week, move: 'later' as const } };
    expect(defineScheme(terms)._unsafeUnwrapErr()).toMatchObject({ code: 'config_invalid', field: 'holidays' });
    expect(defineScheme({ ...auctionTerms, starts: '2198-12-31' }).isErr()).toBe(true);
  });

  it('law: days are counted as the platform counts them', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -700, max: 700 }), (day, count) => {
        const later = addDays(day, count);
        expect(later).toBe(new Date(Date.parse(day) + count * 86_400_000).toISOString().slice(0, 10));
        expect(daysBetween(day, later)).toBe(count);
        expect(isDay(later)).toBe(true);
      }),
      runs,
    );
  });

  it('law: a month later has the same day or is the last of its month', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -20, max: 20 }), (day, count) => {
        const later = addMonths(day, count);
        const months = (one: string) => Number(one.slice(0, 4)) * 12 + Number(one.slice(5, 7));
        expect(months(later) - months(day)).toBe(count);
        const isLast = addDays(later, 1).endsWith('-01');
        expect(later.slice(8) === day.slice(8) || (isLast && later.slice(8) < day.slice(8))).toBe(true);
      }),
      runs,
    );
  });

  it('knows the last day of each month, and its own first and last day', () => {
    const lasts = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    for (const [index, last] of lasts.entries()) {
      const month = `2026-${String(index + 1).padStart(2, '0')}`;
      expect([isDay(`${month}-${last}`), isDay(`${month}-${last + 1}`)]).toEqual([true, false]);
      expect(addMonths('2025-12-31', index + 1)).toBe(`${month}-${last}`);
    }
    expect(['1900-01-01', '2199-12-31'].map(isDay)).toEqual([true, true]);
  });

  it.each([
    ['2028-02-29', true],
    ['2026-1-01', false],
    [['2026-01-01'], false],
    ['2026-02-29', false],
    ['2100-02-29', false],
    ['2000-02-29', true],
    ['2026-04-31', false],
    ['2026-00-10', false],
    ['2026-01-00', false],
    ['2026-01-01T00:00', false],
    ['٢٠٢٦-01-01', false],
    ['1899-12-31', false],
    ['2200-01-01', false],
    [20_260_101, false],
  ])('says of %s whether it is a day', (value, expected) => {
    expect(isDay(value)).toBe(expected);
  });
});
