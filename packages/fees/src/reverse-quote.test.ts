import { add, equals, eur, type Money, money, percent, subtract, sum, usd, zero } from '@holdfast/money';
import { anyMoney } from '@holdfast/money/testing';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defineFees, quote, quoteLines, reverse } from './index.ts';
import { anySchedule } from './testing/index.ts';

const runs = { numRuns: Number(process.env.HOLDFAST_RUNS ?? 300) };
const nothing = zero(usd);
const jobsphere = defineFees('jobsphere-1', {
  platform: { payer: 'customer', mode: 'additive', rate: percent('5') },
  service: { payer: 'contractor', mode: 'deductive', rate: percent('20') },
});

const minors = (lines: Readonly<Record<string, Money>>): Record<string, string> =>
  Object.fromEntries(Object.entries(lines).map(([line, { minor }]) => [line, `${minor}`]));

describe('reverse', { timeout: 600_000 }, () => {
  const sale = quoteLines(jobsphere, usd('33.33'));

  it('gives everything back where all of the charge is given back', () => {
    const all = reverse(sale, { already: nothing, back: sale.charge })._unsafeUnwrap();
    expect(all).toEqual({ platform: usd('1.67'), service: usd('6.67'), payout: usd('26.66') });
    expect(Object.isFrozen(all)).toBe(true);
  });

  it('G19: a dispute that gives the payee 60 of 100 leaves 48, 12 and 3', () => {
    const { charge, lines, payout } = quoteLines(jobsphere, usd('100'));
    const back = reverse(quoteLines(jobsphere, usd('100')), { already: nothing, back: usd('42.00') })._unsafeUnwrap();
    expect(minors(back)).toEqual({ platform: '200', service: '800', payout: '3200' });
    const left = [
      subtract(payout, back.payout),
      subtract(lines.service, back.service),
      subtract(lines.platform, back.platform),
    ];
    expect(left.map(String)).toEqual(['48.00 USD', '12.00 USD', '3.00 USD']);
    expect(equals(sum([...left, usd('42.00')], usd), charge)).toBe(true);
  });

  it('G19: an odd dispute of 99.99 leaves the payee 26.66 and the platform 8.34 of 35.00', () => {
    const odd = quoteLines(jobsphere, usd('99.99'));
    const back = reverse(odd, { already: nothing, back: usd('69.99') })._unsafeUnwrap();
    const payee = subtract(odd.payout, back.payout);
    const platform = subtract(add(odd.lines.platform, odd.lines.service), add(back.platform, back.service));
    expect([payee, platform].map(String)).toEqual(['26.66 USD', '8.34 USD']);
  });

  it('G25: does not run the rule again, so a minimum is given back in proportion', () => {
    const bounded = defineFees('bounded', {
      fee: { payer: 'payee', mode: 'deductive', rate: percent('10'), minimum: usd('1.00'), maximum: usd('20.00') },
    });
    const small = quoteLines(bounded, usd('5.00'));
    expect(reverse(small, { already: nothing, back: usd('2.50') })._unsafeUnwrap().fee).toEqual(usd('0.50'));
  });

  it('E30: three equal refunds of one sale give back the fee, and not a cent more', () => {
    const third = quoteLines(jobsphere, usd('100'));
    let already: Money<'USD'> = nothing;
    const fees = ['35.00', '35.00', '35.00'].map((back) => {
      const given = reverse(third, { already, back: usd(back as '35.00') })._unsafeUnwrap();
      already = add(already, usd('35.00'));
      return given.platform;
    });
    expect(fees.map(String)).toEqual(['1.67 USD', '1.66 USD', '1.67 USD']);
    expect(sum(fees, usd)).toEqual(third.lines.platform);
  });

  it('refuses more than is left of the charge', () => {
    const already = usd('30.00');
    expect(reverse(sale, { already, back: usd('5.01') })._unsafeUnwrapErr()).toEqual({
      code: 'refund_exceeds_remaining',
      back: usd('5.01'),
      remaining: usd('5.00'),
    });
    expect(reverse(sale, { already, back: usd('5.00') }).isOk()).toBe(true);
  });

  it('refuses in a fixed order: currency, sign, what is left', () => {
    const unknown: Money = eur('-1');
    const codes = [
      reverse(sale as never, { already: nothing, back: unknown }),
      reverse(sale as never, { already: unknown, back: usd('1') }),
      reverse(sale, { already: usd('-1'), back: usd('1000') }),
      reverse(sale, { already: usd('1000'), back: usd('0') }),
      reverse(sale, { already: nothing, back: usd('-1') }),
      reverse(sale, { already: nothing, back: usd('35.01') }),
    ].map((refused) => refused._unsafeUnwrapErr().code);
    expect(codes).toEqual([
      'currency_mismatch',
      'currency_mismatch',
      'amount_sign',
      'amount_sign',
      'amount_sign',
      'refund_exceeds_remaining',
    ]);
    // @ts-expect-error euros of a quote in dollars
    expect(reverse(sale, { already: nothing, back: eur('1') }).isErr()).toBe(true);
  });

  it('law: any partition of a full refund gives back the same as one full refund', () => {
    const anyAmount = anyMoney(usd, { min: 1n, max: 10n ** 30n });
    const anyCuts = fc.array(fc.bigInt({ min: 0n, max: 1_000_000n }), { maxLength: 6 });
    fc.assert(
      fc.property(anySchedule(), anyAmount, anyCuts, (schedule, amount, cuts) => {
        const quoted = quote(schedule, amount);
        fc.pre(quoted.isOk());
        const kept = quoted._unsafeUnwrap();
        const marks = [...cuts.map((cut) => (kept.charge.minor * cut) / 1_000_000n), kept.charge.minor];
        const returned: Record<string, Money<'USD'>> = {};
        let already = nothing;
        for (const mark of marks.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0))) {
          const back = subtract(money(mark, usd), already);
          if (back.minor === 0n) continue;
          const given = reverse(kept, { already, back })._unsafeUnwrap();
          expect(equals(sum(Object.values(given), usd), back)).toBe(true);
          for (const [line, part] of Object.entries(given)) {
            expect(part.minor >= 0n).toBe(true);
            returned[line] = add(returned[line] ?? nothing, part);
          }
          already = money(mark, usd);
        }
        expect(returned).toEqual({ ...kept.lines, payout: kept.payout });
      }),
      runs,
    );
  });
});
