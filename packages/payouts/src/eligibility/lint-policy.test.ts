import { days, hours } from '@holdfast/kernel';
import { usd } from '@holdfast/money';
import { describe, expect, it } from 'vitest';
import { defaultRetry } from './back-off.ts';
import { utcCalendar } from './calendar.ts';
import { lintPolicy, type PolicyUnderReview } from './lint-policy.ts';

const sound: PolicyUnderReview = {
  grouping: 'per_payee',
  schedule: { every: 'week', on: 5, atMinute: 540, calendar: utcCalendar },
  retry: defaultRetry,
  destinationQuiet: hours(24),
  tips: { window: hours(24), late: 'supplementary' },
  minimum: [usd('10')],
  step: [usd('0.05')],
  delay: { elapsed: hours(48) },
  disputeWindow: hours(48),
};
const retry = (change: Partial<PolicyUnderReview['retry']>) => ({ retry: { ...defaultRetry, ...change } });
const run = (on: number, atMinute = 0, calendar = utcCalendar) => ({
  schedule: { every: 'month', on, atMinute, calendar } as const,
});

describe('a policy', () => {
  it('that is sound says nothing', () => {
    expect(lintPolicy(sound)).toEqual([]);
  });

  const rows: readonly (readonly [Partial<PolicyUnderReview>, string])[] = [
    [{ tips: { window: hours(72), late: 'hold' } }, 'every one of them waits for a person'],
    [{ disputeWindow: days(30) }, 'a debt of the payee'],
    [retry({ maxRetries: Number.POSITIVE_INFINITY }), 'maxRetries is Infinity'],
    [retry({ base: { ms: -1 } }), 'The first wait is -1 ms'],
    [retry({ factor: 0.5 }), 'The factor is 0.5'],
    [retry({ cap: { ms: 1 } }), 'shorter than the first'],
    [retry({ base: { ms: 1_000 }, factor: 2, cap: { ms: 10_000 } }), 'never reached in 3 retries'],
    [{ minimum: [usd('0')] }, '0.00 USD is no minimum'],
    [{ minimum: [usd('10.01')] }, 'no multiple of the step'],
    [{ schedule: { every: 'moment' }, grouping: 'per_group' }, 'never paid: nothing is added to it'],
    [run(32), '1 to 31'],
    [run(1, 1_440), 'on no clock'],
    [run(1, 0, { ...utcCalendar, weekend: [1, 2, 3, 4, 5, 6, 7] }), 'no working day'],
    [run(1, 0, { ...utcCalendar, holidays: ['2026-02-30'] }), '2026-02-30 is no date'],
    [run(1, 0, { ...utcCalendar, offsets: [] }), 'no offset from UTC'],
    [{ destinationQuiet: { ms: Number.NaN } }, 'The quiet time is NaN ms'],
  ];
  it.each(rows)('with %j says so', (change, sentence) => {
    expect(lintPolicy({ ...sound, ...change }).join('\n')).toContain(sentence);
  });
});
