import { inr, type Money, money } from '@holdfast/money';
import { describe, expect, it } from 'vitest';
import { settleScheme } from '../settlement/settle-scheme.ts';
import { addDays } from '../terms/calendar.ts';
import { defineScheme } from '../terms/define-scheme.ts';
import type { SchemeTerms } from '../terms/terms.ts';
import { auctionTerms, goldenTerms } from '../testing/golden-schemes.ts';
import { type DeadlineKind, deadlineOf } from './deadline-of.ts';
import { lawParameters } from './law-parameters.ts';
import type { AnyParameter, ParameterKey } from './parameter.ts';
import { parameterAt } from './parameter-at.ts';
import { futureSubscriptions, requiredSecurity } from './required-security.ts';
import { isInterestTaxed, taxRateAt } from './tax-rate-at.ts';

const rupees = (amount: number): Money => money(BigInt(amount) * 100n, inr);
const valueAt = (key: ParameterKey, day: string, state?: string) =>
  parameterAt(key, day, { state })
    .map(({ value }) => value)
    .unwrapOr('nothing' as never);

describe('the table of the law', () => {
  it.each([
    ['in.commissionCapBps', '1982-08-18', 'nothing'],
    ['in.commissionCapBps', '1982-08-19', 500n],
    ['in.commissionCapBps', '2019-12-31', 500n],
    ['in.commissionCapBps', '2020-01-01', 700n],
    ['in.commissionCapBps', '2026-11-21', 700n],
    ['in.discountCapBps', '1993-08-31', 'nothing'],
    ['in.discountCapBps', '1993-09-01', 3_000n],
    ['in.discountCapBps', '2001-12-31', 3_000n],
    ['in.discountCapBps', '2002-01-01', 4_000n],
    ['in.aggregateCap.individual', '2019-12-31', 100_000n],
    ['in.aggregateCap.individual', '2020-01-01', 300_000n],
    ['in.aggregateCap.partner', '2019-12-31', 100_000n],
    ['in.aggregateCap.partner', '2020-01-01', 300_000n],
    ['in.aggregateCap.firm', '2019-12-31', 600_000n],
    ['in.aggregateCap.firm', '2020-01-01', 1_800_000n],
    ['in.gst.foremanBps', '2017-06-30', 'nothing'],
    ['in.gst.foremanBps', '2017-07-01', 1_200n],
    ['in.gst.foremanBps', '2022-07-17', 1_200n],
    ['in.gst.foremanBps', '2022-07-18', 1_800n],
    ['in.exemptUpTo', '2019-12-31', 100n],
    ['in.exemptUpTo', '2020-01-01', 'nothing'],
    ['in.quorum', '2026-11-21', 2n],
    ['in.companyCapital', '2026-11-21', 100_000n],
    ['in.maxDurationMonths', '2026-11-21', 60n],
    ['in.maxDurationMonthsPermitted', '2026-11-21', 120n],
  ] as const)('says of %s on %s: %s', (key, day, value) => {
    expect(valueAt(key, day)).toBe(value);
  });

  it('lets a row of a State go before one of all States', () => {
    expect(valueAt('in.gst.onDefaultInterest', '2025-12-08', 'AP')).toBe(true);
    expect(valueAt('in.gst.onDefaultInterest', '2025-12-09', 'AP')).toBe(false);
    expect(valueAt('in.gst.onDefaultInterest', '2025-12-09', 'TS')).toBe(true);
    expect(valueAt('in.gst.onDefaultInterest', '2025-12-09')).toBe(true);
  });

  it('refuses a day that it says nothing about', () => {
    expect(parameterAt('in.gst.foremanBps', '2016-01-01')._unsafeUnwrapErr()).toEqual({
      code: 'parameter_unknown',
      key: 'in.gst.foremanBps',
      day: '2016-01-01',
    });
  });

  it('takes rows of one’s own beside its own, the later one first', () => {
    const row: AnyParameter = {
      key: 'in.minutesFilingDays',
      from: '2020-01-01',
      state: 'KL',
      value: 14n,
      source: 'State rules',
      confirmed: true,
    };
    const table = [...lawParameters, row];
    expect(parameterAt('in.minutesFilingDays', '2026-01-01', { table, state: 'KL' })._unsafeUnwrap().value).toBe(14n);
    expect(parameterAt('in.minutesFilingDays', '2026-01-01', { table, state: 'TS' })._unsafeUnwrap().value).toBe(21n);
  });

  it('has a source in every row, rows that do not overlap, and says which numbers are not confirmed', () => {
    for (const row of lawParameters) {
      expect(row.source.length).toBeGreaterThan(5);
      expect(Object.isFrozen(row)).toBe(true);
      const same = lawParameters.filter(({ key, state }) => key === row.key && state === row.state);
      const overlapping = same.filter((other) => other.from <= (row.to ?? '9999') && row.from <= (other.to ?? '9999'));
      expect(overlapping).toEqual([row]);
    }
    const open = lawParameters.filter(({ confirmed }) => !confirmed).map(({ key, from }) => `${key} ${from}`);
    expect(open).toEqual([
      'in.discountCapBps 1993-09-01',
      'in.discountCapBps 2002-01-01',
      'in.gst.onDefaultInterest 2017-07-01',
      'in.minutesFilingDays 1982-08-19',
      'in.recordYears 1982-08-19',
    ]);
  });
});

describe('tax', () => {
  const terms: SchemeTerms = { ...auctionTerms, state: 'TS', tax: { bearer: 'foreman' } };

  it('edge case 23: is that of each day of supply, where the rate changes in mid-scheme', () => {
    const given: SchemeTerms = {
      ...goldenTerms.G1,
      starts: '2022-05-18',
      state: 'TS',
      tax: { bearer: 'winner' },
    };
    const scheme = defineScheme(given)._unsafeUnwrap();
    const rates = scheme.drawDays.map((day) => taxRateAt(given, day)._unsafeUnwrap());
    expect(rates.slice(0, 4)).toEqual([1_200n, 1_200n, 1_800n, 1_800n]);
    const draws = rates.map((_, index) => [
      {
        ticket: index + 1,
        how: index === 0 ? ('company_chit' as const) : ('bid' as const),
        discount: index === 0 ? 0n : 2_500_000n,
      },
    ]);
    const { settlements } = settleScheme(scheme, draws, (instalment) => rates[instalment - 1] ?? 0n);
    expect(settlements.slice(0, 4).map(({ tax }) => tax)).toEqual([0n, 300_000n, 450_000n, 450_000n]);
    expect(settlements.slice(0, 3).map(({ prizes }) => prizes[0]?.prize)).toEqual([
      50_000_000n,
      47_500_000n - 300_000n,
      47_500_000n - 450_000n,
    ]);
  });

  it('is none where the terms have none, and asks nobody where they have rates of their own', () => {
    expect(taxRateAt(auctionTerms, '1950-01-01')._unsafeUnwrap()).toBe(0n);
    const rates = [
      { from: '2024-01-01', basisPoints: 900n },
      { from: '2025-01-01', basisPoints: 1_000n },
    ];
    const own: SchemeTerms = { ...auctionTerms, tax: { bearer: 'foreman', rates } };
    expect(
      ['2023-12-31', '2024-01-01', '2024-12-31', '2025-01-01'].map((day) => taxRateAt(own, day)._unsafeUnwrap()),
    ).toEqual([0n, 900n, 900n, 1_000n]);
    expect(isInterestTaxed(own, '2026-01-01')._unsafeUnwrap()).toBe(false);
  });

  it('is refused on a day about which the law says nothing', () => {
    expect(taxRateAt(terms, '2017-06-30')._unsafeUnwrapErr().code).toBe('parameter_unknown');
  });

  it('is on interest for late instalments by State and day', () => {
    const inAp: SchemeTerms = { ...terms, state: 'AP' };
    const days = ['2025-12-08', '2025-12-09'];
    expect(days.map((day) => isInterestTaxed(inAp, day)._unsafeUnwrap())).toEqual([true, false]);
    expect(days.map((day) => isInterestTaxed(terms, day)._unsafeUnwrap())).toEqual([true, true]);
    expect(isInterestTaxed(auctionTerms, '2025-12-08')._unsafeUnwrap()).toBe(false);
  });
});

describe('security of a prized subscriber', () => {
  const scheme = defineScheme(auctionTerms)._unsafeUnwrap();

  it('is a third above what is due, a half for immovable property, rounded up', () => {
    const due = futureSubscriptions(scheme, 2);
    expect(due).toEqual(rupees(460_000));
    const asked = (kind: 'movable' | 'immovable', unit: Money) =>
      requiredSecurity(due, { kind, asOf: '2026-02-05', unit })._unsafeUnwrap();
    expect(asked('movable', rupees(1))).toEqual(rupees(613_334));
    expect(asked('immovable', rupees(1))).toEqual(rupees(690_000));
    expect(requiredSecurity(due, { kind: 'movable', asOf: '2026-02-05' })._unsafeUnwrap()).toEqual(inr('613333.34'));
    const odd = requiredSecurity(rupees(460_001), { kind: 'movable', asOf: '2026-02-05' })._unsafeUnwrap();
    expect(odd).toEqual(inr('613334.67'));
  });

  it('is nothing after the last instalment', () => {
    const asked = { kind: 'movable', asOf: '2028-01-05' } as const;
    expect(requiredSecurity(futureSubscriptions(scheme, 25), asked)._unsafeUnwrap()).toEqual(rupees(0));
  });
});

describe('times', () => {
  const dayOf = (kind: DeadlineKind, from: string, nextInstalment?: string) =>
    deadlineOf(kind, from, nextInstalment === undefined ? {} : { nextInstalment })._unsafeUnwrap().day;

  it.each([
    ['sanction_lapses', '2026-01-31', '2027-01-31'],
    ['sanction_lapses', '2028-02-29', '2029-02-28'],
    ['extended_sanction_lapses', '2026-03-31', '2027-09-30'],
    ['minutes_filed', '2026-01-05', '2026-01-26'],
    ['certificate_filed', '2026-01-05', '2026-02-15'],
    ['certificate_filed', '2026-01-31', '2026-02-15'],
    ['certificate_filed', '2028-02-01', '2028-03-15'],
    ['certificate_filed', '2026-12-31', '2027-01-15'],
    ['prize_paid', '2026-01-05', '2026-01-12'],
    ['redraw_allowed', '2026-12-31', '2027-02-28'],
    ['removal_notified', '2026-01-05', '2026-01-19'],
    ['reentry_ends', '2026-01-05', '2026-01-12'],
    ['removal_filed', '2026-01-05', '2026-01-19'],
    ['appeal_ends', '2026-01-05', '2026-01-12'],
    ['refund_paid', '2026-01-05', '2026-01-20'],
    ['records_kept', '2026-01-05', '2034-01-05'],
  ] as const)('%s from %s until %s', (kind, from, until) => {
    expect(dayOf(kind, from)).toBe(until);
  });

  it('let a prize be paid before the next instalment at the latest', () => {
    expect(dayOf('prize_paid', '2026-01-05', '2026-01-10')).toBe('2026-01-09');
    expect(dayOf('prize_paid', '2026-01-05', '2026-02-05')).toBe('2026-01-12');
    expect(dayOf('minutes_filed', '2026-01-05', '2026-01-10')).toBe('2026-01-26');
  });

  it('say where they are written, and which are not confirmed', () => {
    const minutes = deadlineOf('minutes_filed', '2026-01-05')._unsafeUnwrap();
    expect(minutes).toMatchObject({ confirmed: false });
    expect(minutes.source).toContain('s. 18');
    expect(deadlineOf('prize_paid', '2026-01-05')._unsafeUnwrap().confirmed).toBe(true);
    expect(deadlineOf('prize_paid', addDays('1982-08-19', -1))._unsafeUnwrapErr().code).toBe('parameter_unknown');
  });
});
