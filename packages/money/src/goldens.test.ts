import { describe, expect, it } from 'vitest';
import {
  add,
  convert,
  currencies,
  findCurrency,
  jpy,
  type Money,
  money,
  parseMoney,
  percent,
  quoteConversion,
  type Rounding,
  rate,
  ratio,
  reverseConversion,
  share,
  subtract,
  sum,
  toStep,
  usd,
} from './index.ts';

/** Parses an amount of a currency that is found by its code. */
function amount(text: string, code: string): Money {
  return parseMoney(text, findCurrency(code)._unsafeUnwrap())._unsafeUnwrap();
}

const text = (value: Money): string => value.toJSON().amount;

describe('numbers that are known from elsewhere', () => {
  it.each<[string, Rounding, readonly [fee: string, service: string, payee: string, charge: string, platform: string]]>(
    [
      ['99.99', 'halfUp', ['5.00', '20.00', '79.99', '104.99', '25.00']],
      ['33.33', 'halfUp', ['1.67', '6.67', '26.66', '35.00', '8.34']],
      ['10.10', 'halfUp', ['0.51', '2.02', '8.08', '10.61', '2.53']],
      ['10.10', 'halfEven', ['0.50', '2.02', '8.08', '10.60', '2.52']],
      ['0.10', 'halfUp', ['0.01', '0.02', '0.08', '0.11', '0.03']],
      ['0.10', 'halfEven', ['0.00', '0.02', '0.08', '0.10', '0.02']],
      ['0.01', 'halfUp', ['0.00', '0.00', '0.01', '0.01', '0.00']],
      ['8.70', 'halfUp', ['0.44', '1.74', '6.96', '9.14', '2.18']],
    ],
  )('G10, G11: 5 % and 20 % of %s, %s', (sale, rounding, expected) => {
    const budget = amount(sale, 'USD');
    const fee = share(budget, percent('5'), rounding);
    const service = share(budget, percent('20'), rounding);
    const payee = subtract(budget, service);
    const charge = add(budget, fee);
    const platform = add(fee, service);
    expect([fee, service, payee, charge, platform].map(text)).toEqual(expected);
    expect(add(payee, platform)).toEqual(charge);
  });

  it('G12: rounding both sides of 75/25 creates a cent, so one side is the residual', () => {
    for (const [sale, both, residual] of [
      ['10.02', ['7.52', '2.51'], '7.51'],
      ['0.02', ['0.02', '0.01'], '0.01'],
    ] as const) {
      const whole = amount(sale, 'USD');
      const sides = [share(whole, percent('75'), 'halfUp'), share(whole, percent('25'), 'halfUp')] as const;
      expect(sides.map(text)).toEqual(both);
      expect(subtract(sum(sides, whole.currency), whole)).toEqual(amount('0.01', 'USD'));
      expect(text(subtract(whole, sides[1]))).toBe(residual);
    }
  });

  it.each<[Rounding, 'net' | 'tax', string, string]>([
    ['halfUp', 'net', '83.33', '16.66'],
    ['halfUp', 'tax', '83.32', '16.67'],
    ['halfEven', 'net', '83.32', '16.67'],
    ['halfEven', 'tax', '83.33', '16.66'],
  ])('G27: 99.99 including 20 %%, %s, %s first', (rounding, first, net, tax) => {
    const gross = usd('99.99');
    const rounded = share(gross, first === 'net' ? ratio(5n, 6n) : ratio(1n, 6n), rounding);
    const other = subtract(gross, rounded);
    expect((first === 'net' ? [rounded, other] : [other, rounded]).map(text)).toEqual([net, tax]);
  });

  it('G29: a converted tip goes back in shares of the frozen amount', () => {
    const [eur, cad] = [currencies.get('EUR'), currencies.get('CAD')];
    if (eur === undefined || cad === undefined) throw new Error('the euro and the dollar are there');
    const quotedAt = '2026-03-05T10:00:00.000Z';
    const quote = quoteConversion({ rate: rate('1.4705'), from: eur, to: cad, rounding: 'halfUp', quotedAt });
    const from = amount('10.00', 'EUR');
    const half = amount('5.00', 'EUR');
    const to = convert(from, quote);
    const first = reverseConversion({ from, to, rounding: 'halfUp' }, { already: amount('0', 'EUR'), back: half });
    const second = reverseConversion({ from, to, rounding: 'halfUp' }, { already: half, back: half });
    expect([to, first, second].map(String)).toEqual(['14.71 CAD', '7.36 CAD', '7.35 CAD']);
    expect(add(first, second)).toEqual(to);
    expect(text(convert(half, quote))).toBe('7.35');
  });

  it.each<[string, string, string, string, string]>([
    ['10.45', 'HUF', '1', '10.00', '0.45'],
    ['5.124', 'KWD', '0.010', '5.120', '0.004'],
    ['9.99', 'CHF', '0.05', '9.95', '0.04'],
  ])('G30: of %s %s in steps of %s, %s is paid and %s is owed', (balance, code, step, paid, owed) => {
    const whole = amount(balance, code);
    const pay = toStep(whole, amount(step, code), 'down');
    expect([pay, subtract(whole, pay)].map(text)).toEqual([paid, owed]);
  });

  it('G30: 25 % of 999 yen is 250, and the payee gets 749', () => {
    const fee = share(jpy('999'), percent('25'), 'halfUp');
    expect([fee, subtract(jpy('999'), fee)].map(text)).toEqual(['250', '749']);
  });

  it('E129: an amount past 2^53 loses nothing', () => {
    expect(add(money(9_007_199_254_740_993n, usd), usd('0.01')).minor).toBe(9_007_199_254_740_994n);
  });
});
