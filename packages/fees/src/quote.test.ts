import {
  add,
  equals,
  eur,
  jpy,
  LARGEST_MINOR,
  type Money,
  money,
  percent,
  type Rounding,
  ratio,
  sum,
  usd,
} from '@holdfast/money';
import { anyMoney } from '@holdfast/money/testing';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defineFees, explain, type Quote, quote, quoteLines, quotesIn } from './index.ts';
import { anySchedule } from './testing/index.ts';

const runs = { numRuns: Number(process.env.HOLDFAST_RUNS ?? 300) };
const anyDollars = anyMoney(usd, { min: 1n, max: 10n ** 30n });

/** JobSphere's fees, in a rounding. */
function jobsphere(rounding: Rounding = 'halfUp') {
  return defineFees(`jobsphere ${rounding}`.replace(' ', '-'), {
    platform: { payer: 'customer', mode: 'additive', rate: percent('5'), rounding },
    service: { payer: 'contractor', mode: 'deductive', rate: percent('20'), rounding },
  });
}

const decimals = (...amounts: readonly Money[]): readonly string[] => amounts.map((amount) => amount.toJSON().amount);

describe('quote', { timeout: 600_000 }, () => {
  it.each<[string, Rounding, readonly string[]]>([
    ['100.00', 'halfUp', ['5.00', '20.00', '80.00', '105.00']],
    ['99.99', 'halfUp', ['5.00', '20.00', '79.99', '104.99']],
    ['33.33', 'halfUp', ['1.67', '6.67', '26.66', '35.00']],
    ['10.10', 'halfUp', ['0.51', '2.02', '8.08', '10.61']],
    ['10.10', 'halfEven', ['0.50', '2.02', '8.08', '10.60']],
    ['0.10', 'halfUp', ['0.01', '0.02', '0.08', '0.11']],
    ['0.10', 'halfEven', ['0.00', '0.02', '0.08', '0.10']],
    ['0.01', 'halfUp', ['0.00', '0.00', '0.01', '0.01']],
    ['8.70', 'halfUp', ['0.44', '1.74', '6.96', '9.14']],
  ])('G10, G11: JobSphere quotes %s, %s', (amount, rounding, expected) => {
    const { lines, payout, charge } = quote(jobsphere(rounding), usd(amount as '1'))._unsafeUnwrap();
    expect(decimals(lines.platform, lines.service, payout, charge)).toEqual(expected);
  });

  it('is what one line of the README says', () => {
    const quoted = quoteLines(jobsphere(), usd('100'));
    expect(quoted).toMatchObject({
      schedule: 'jobsphere-halfUp',
      amount: usd('100'),
      charge: usd('105'),
      payout: usd('80'),
    });
    expect(Object.keys(quoted.lines)).toEqual(['platform', 'service']);
  });

  it('cannot be changed', () => {
    const quoted = quoteLines(jobsphere(), usd('100'));
    expect([quoted, quoted.lines, quoted.rules, quoted.rules.platform].every(Object.isFrozen)).toBe(true);
  });

  it('G25: has a least and a most', () => {
    const rules = (rounding: Rounding) =>
      defineFees('bounded', {
        fee: {
          payer: 'payee',
          mode: 'deductive',
          rate: percent('10'),
          rounding,
          minimum: usd('1.00'),
          maximum: usd('20.00'),
        },
      });
    const fees = ['5.00', '10.05', '150.00', '500.00'].map((amount) =>
      String(quoteLines(rules('halfUp'), usd(amount as '1')).lines.fee),
    );
    expect(fees).toEqual(['1.00 USD', '1.01 USD', '15.00 USD', '20.00 USD']);
    expect(quoteLines(rules('halfEven'), usd('10.05')).lines.fee).toEqual(usd('1.00'));
  });

  it('G35: percentages and fixed fees on both sides', () => {
    const both = defineFees('both', {
      commission: { payer: 'customer', mode: 'additive', rate: percent('10') },
      service: { payer: 'provider', mode: 'deductive', rate: percent('12') },
    });
    const fixed = defineFees('fixed', {
      commission: { payer: 'customer', mode: 'additive', rate: percent('0'), fixed: eur('10.50') },
      service: { payer: 'provider', mode: 'deductive', rate: percent('0'), fixed: eur('15.00') },
    });
    const read = ({ charge, payout, lines }: Quote<'commission' | 'service', 'EUR'>) =>
      decimals(charge, payout, add(lines.commission, lines.service));
    expect(read(quoteLines(both, eur('100')))).toEqual(['110.00', '88.00', '22.00']);
    expect(read(quoteLines(fixed, eur('100')))).toEqual(['110.50', '85.00', '25.50']);
  });

  it('G26: a fee with a fixed part leaves what the one who was charged counted on', () => {
    const card = defineFees('card', {
      card: { payer: 'payee', mode: 'deductive', rate: percent('2.9'), fixed: usd('0.30') },
    });
    const net = (charge: Money<'USD'>) => decimals(quoteLines(card, charge).payout)[0];
    expect([net(usd('103.29')), net(usd('103.30'))]).toEqual(['99.99', '100.00']);
    expect([net(usd('1030.16')), net(usd('1030.17'))]).toEqual(['999.99', '1000.00']);
  });

  it('takes yen, and rates that no decimal can say', () => {
    const third = defineFees('third', { fee: { payer: 'payee', mode: 'deductive', rate: ratio(1n, 3n) } });
    expect(quoteLines(third, jpy('1000'))).toMatchObject({ lines: { fee: jpy('333') }, payout: jpy('667') });
  });

  it('refuses an amount of zero or less', () => {
    for (const amount of [usd('0'), usd('-0.01'), money(-LARGEST_MINOR, usd)]) {
      expect(quote(jobsphere(), amount)._unsafeUnwrapErr()).toMatchObject({ code: 'amount_sign', field: 'amount' });
      expect(() => quoteLines(jobsphere(), amount)).toThrow(expect.objectContaining({ code: 'amount_sign' }));
    }
  });

  it('refuses an amount in another currency than its own amounts', () => {
    const bounded = defineFees('bounded', {
      fee: { payer: 'payee', mode: 'deductive', rate: percent('10'), minimum: usd('1.00') },
    });
    expect(quote(bounded, eur('5'))._unsafeUnwrapErr().code).toBe('currency_mismatch');
    expect([quotesIn(bounded, usd), quotesIn(bounded, eur), quotesIn(jobsphere(), eur)]).toEqual([true, false, true]);
  });

  it('refuses fees that are more than the amount', () => {
    const bounded = defineFees('bounded', {
      fee: { payer: 'payee', mode: 'deductive', rate: percent('10'), minimum: usd('1.00') },
    });
    expect(quote(bounded, usd('0.99'))._unsafeUnwrapErr()).toEqual({
      code: 'fee_exceeds_amount',
      amount: usd('0.99'),
      fees: usd('1.00'),
    });
    expect(quote(bounded, usd('1.00'))._unsafeUnwrap().payout).toEqual(usd('0'));
    const fixed = defineFees('fixed', {
      fee: { payer: 'payee', mode: 'deductive', rate: percent('0'), fixed: usd('5.00') },
    });
    expect(quote(fixed, usd('4.99'))._unsafeUnwrapErr()).toMatchObject({
      code: 'fee_exceeds_amount',
      fees: usd('5.00'),
    });
    expect(quote(fixed, usd('5.00'))._unsafeUnwrap().payout).toEqual(usd('0'));
  });

  it('refuses in a fixed order: sign, currency, fees', () => {
    const bounded = defineFees('bounded', {
      fee: { payer: 'payee', mode: 'deductive', rate: percent('10'), minimum: usd('1.00') },
    });
    const codes = [eur('0'), eur('0.01'), usd('0.01')].map(
      (amount: Money) => quote(bounded, amount)._unsafeUnwrapErr().code,
    );
    expect(codes).toEqual(['amount_sign', 'currency_mismatch', 'fee_exceeds_amount']);
  });

  it('law: the fees and the payout sum to the charge, the amount less the deductive ones is the payout', () => {
    fc.assert(
      fc.property(anySchedule(), anyDollars, (schedule, amount) => {
        quote(schedule, amount).map(({ lines, payout, charge, rules }) => {
          const fees = Object.values(lines);
          expect(equals(sum([...fees, payout], usd), charge)).toBe(true);
          const deductive = Object.keys(lines).filter((line) => rules[line]?.mode === 'deductive');
          const taken = sum(
            deductive.map((line) => lines[line] ?? usd('0')),
            usd,
          );
          expect(equals(add(payout, taken), amount)).toBe(true);
          expect([...fees, payout].every(({ minor }) => minor >= 0n)).toBe(true);
          return true;
        });
      }),
      runs,
    );
  });

  it('law: raising the amount never lowers the payout by more than a minor unit for each deductive fee but one', () => {
    const anyRaise = anyMoney(usd, { min: 1n, max: 1_000n });
    const compared = (deductive: number) =>
      fc.property(anySchedule({ mostDeductive: deductive }), anyDollars, anyRaise, (schedule, amount, raise) => {
        const before = quote(schedule, amount);
        const after = quote(schedule, add(amount, raise));
        fc.pre(before.isOk() && after.isOk());
        const change = after._unsafeUnwrap().payout.minor - before._unsafeUnwrap().payout.minor;
        expect(change >= BigInt(1 - Math.max(deductive, 1))).toBe(true);
      });
    for (const deductive of [0, 1, 2, 4]) fc.assert(compared(deductive), runs);
  });
});

describe('explain', () => {
  it('says how each line came about', () => {
    const steps = explain(quoteLines(jobsphere(), usd('33.33')));
    expect(steps.map(({ text }) => text)).toEqual([
      'platform: 5 % of 33.33 is 1.67, rounded by halfUp: 1.67 USD, added for the customer.',
      'service: 20 % of 33.33 is 6.67, rounded by halfUp: 6.67 USD, taken from the contractor.',
      'The charge is 33.33 + 1.67 (platform) = 35.00 USD.',
      'The payout is 33.33 - 6.67 (service) = 26.66 USD.',
    ]);
    expect(steps.map(({ line }) => line)).toEqual(['platform', 'service', 'charge', 'payout']);
  });

  it('says which bound decided', () => {
    const fees = defineFees('1', {
      low: { payer: 'payee', mode: 'deductive', rate: percent('10'), minimum: usd('2') },
      high: { payer: 'payer', mode: 'additive', rate: ratio(1n, 3n), fixed: usd('0.30'), maximum: usd('3') },
    });
    expect(explain(quoteLines(fees, usd('10'))).map(({ text }) => text)).toEqual([
      'low: 10 % of 10.00 is 1.00, at least 2.00: 2.00 USD, taken from the payee.',
      'high: 1/3 of 10.00 is 3.33, rounded by halfUp, and 0.30 fixed, at most 3.00: 3.00 USD, added for the payer.',
      'The charge is 10.00 + 3.00 (high) = 13.00 USD.',
      'The payout is 10.00 - 2.00 (low) = 8.00 USD.',
    ]);
  });
});
