import { describe, expect, expectTypeOf, it } from 'vitest';
import {
  add,
  allocate,
  asMoneyOf,
  compare,
  defineCurrency,
  eth,
  eur,
  isIn,
  jpy,
  type Money,
  type MoneyJson,
  money,
  parseMoney,
  percent,
  rate,
  reviveMoney,
  subtract,
  sum,
  usd,
} from './index.ts';

describe('what the compiler knows about money', () => {
  it('checks literals against the scale of their currency', () => {
    expectTypeOf(usd('12.34')).toEqualTypeOf<Money<'USD'>>();
    usd('0');
    usd('-0.05');
    jpy('1000');
    eth('0.000000000000000001');
    const text = String('12.34');

    // @ts-expect-error three decimals
    expect(() => usd('12.345')).toThrow('no literal of USD');
    // @ts-expect-error an exponent
    expect(() => usd('1e5')).toThrow(TypeError);
    // @ts-expect-error a leading zero
    expect(() => usd('012')).toThrow(TypeError);
    // @ts-expect-error no digits behind the point
    expect(() => usd('12.')).toThrow(TypeError);
    // @ts-expect-error no digits before the point
    expect(() => usd('.5')).toThrow(TypeError);
    // @ts-expect-error a plus
    expect(() => usd('+5')).toThrow(TypeError);
    // @ts-expect-error nothing
    expect(() => usd('')).toThrow(TypeError);
    // @ts-expect-error a zero with a minus
    expect(() => usd('-0')).toThrow(TypeError);
    // @ts-expect-error a zero with a minus
    expect(() => usd('-0.00')).toThrow(TypeError);
    // @ts-expect-error two points
    expect(() => usd('1.2.3')).toThrow(TypeError);
    // @ts-expect-error a comma
    expect(() => usd('1,000')).toThrow(TypeError);
    // @ts-expect-error a hexadecimal number
    expect(() => usd('0x10')).toThrow(TypeError);
    // @ts-expect-error a binary number
    expect(() => usd('0b11')).toThrow(TypeError);
    // @ts-expect-error a separator
    expect(() => usd('1_000')).toThrow(TypeError);
    // @ts-expect-error a bigint's n
    expect(() => usd('5n')).toThrow(TypeError);
    // @ts-expect-error a space
    expect(() => usd(' 5')).toThrow(TypeError);
    // @ts-expect-error yen have no decimals
    expect(() => jpy('1.5')).toThrow(TypeError);
    // @ts-expect-error nineteen decimals
    expect(() => eth('0.0000000000000000001')).toThrow(TypeError);
    // @ts-expect-error a number
    expect(() => usd(12.34)).toThrow(TypeError);
    // @ts-expect-error text that is known only at run time
    usd(text);
  });

  it('says in a sentence how a literal is written', () => {
    type Accepted = Parameters<typeof usd<'12.345'>>[0];
    expectTypeOf<Accepted>().toEqualTypeOf<"'12.345' is no literal of USD: write digits with at most 2 decimals, such as 12.3">();
  });

  it('keeps amounts of known currencies apart', () => {
    // @ts-expect-error euros to dollars
    expect(() => add(usd('1'), eur('1'))).toThrow('USD');
    // @ts-expect-error euros from dollars
    expect(() => subtract(usd('1'), eur('1'))).toThrow(TypeError);
    // @ts-expect-error euros beside dollars
    expect(() => compare(usd('1'), eur('1'))).toThrow(TypeError);
    // @ts-expect-error a euro in a sum of dollars
    expect(() => sum([usd('1'), eur('1')], usd)).toThrow(TypeError);
    const unknown: Money = eur('1');
    expect(() => add(usd('1') as Money, unknown)).toThrow(TypeError);
    // @ts-expect-error an amount of unknown currency in a sum of dollars
    expect(() => add(usd('1'), unknown)).toThrow(TypeError);
  });

  it('narrows an amount of unknown currency at the boundary', () => {
    const unknown: Money = usd('1');
    if (isIn(unknown, usd)) expectTypeOf(unknown).toEqualTypeOf<Money<'USD'>>();
    const dollars = asMoneyOf(unknown, usd);
    expectTypeOf(dollars._unsafeUnwrap()).toEqualTypeOf<Money<'USD'>>();
    expect(dollars.isOk()).toBe(true);
    expect(asMoneyOf(unknown, eur)._unsafeUnwrapErr()).toMatchObject({ code: 'currency_mismatch', given: '1.00 USD' });
  });

  it('keeps the shape of a tuple of weights', () => {
    const [platform, payee] = allocate(usd('10.00'), [1n, 4n]);
    expectTypeOf(platform).toEqualTypeOf<Money<'USD'>>();
    expect([platform, payee].map(String)).toEqual(['2.00 USD', '8.00 USD']);
    const weights: readonly bigint[] = [1n, 1n];
    expectTypeOf(allocate(usd('1'), weights)).toEqualTypeOf<Money<'USD'>[]>();
  });

  it('takes no number as an amount or a rate', () => {
    // @ts-expect-error a number of minor units
    expect(() => money(1234, usd)).toThrow(TypeError);
    // @ts-expect-error a number as a percentage
    expect(() => percent(5)).toThrow(TypeError);
    // @ts-expect-error a negative percentage
    expect(() => percent('-5')).toThrow(TypeError);
    // @ts-expect-error nine decimals
    expect(() => percent('33.333333333')).toThrow(TypeError);
    // @ts-expect-error an exponent
    expect(() => rate('5e-2')).toThrow(TypeError);
    expect(() => percent('100.0001')).toThrow(TypeError);
  });

  it('keeps the code through parsing and JSON', () => {
    expectTypeOf(parseMoney('1', usd)._unsafeUnwrap()).toEqualTypeOf<Money<'USD'>>();
    expectTypeOf(usd('1').toJSON()).toEqualTypeOf<MoneyJson<'USD'>>();
    expectTypeOf(reviveMoney({ amount: '1.00', currency: 'USD' })).toEqualTypeOf<Money<'USD'>>();
    expectTypeOf(defineCurrency('GOLD', 6)).toHaveProperty('scale').toEqualTypeOf<6>();
    expect(reviveMoney({ amount: '1.00', currency: 'USD' })).toEqual(usd('1'));
  });
});
