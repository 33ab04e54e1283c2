import { Decimal } from 'decimal.js';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  add,
  btc,
  conversionQuoteFromJson,
  convert,
  currencies,
  eth,
  eur,
  jpy,
  money,
  quoteConversion,
  rate,
  ratio,
  reverseConversion,
  usd,
  zero,
} from './index.ts';
import { anyCurrency, anyMinor, anyMoney, anyRounding } from './testing/index.ts';

const runs = { numRuns: Number(process.env.HOLDFAST_RUNS ?? 200) };
const quotedAt = '2026-03-05T10:00:00.000Z';
const terms = { rate: rate('1.1'), from: eur, to: usd, rounding: 'halfEven', quotedAt } as const;

describe('a conversion', { timeout: 600_000 }, () => {
  it('is by whole units, whatever the decimals of the two currencies', () => {
    const convertAt = (text: Parameters<typeof rate>[0]) =>
      ({ rate: rate(text as '1'), rounding: 'halfUp', quotedAt }) as const;
    expect(convert(eur('10.00'), quoteConversion(terms))).toEqual(usd('11.00'));
    expect(convert(usd('1.00'), quoteConversion({ ...convertAt('151.235' as never), from: usd, to: jpy }))).toEqual(
      jpy('151'),
    );
    expect(convert(jpy('1000'), quoteConversion({ ...convertAt('0.0066' as never), from: jpy, to: usd }))).toEqual(
      usd('6.60'),
    );
    expect(convert(btc('0.00000001'), quoteConversion({ ...convertAt('31.5' as never), from: btc, to: eth }))).toEqual(
      eth('0.000000315'),
    );
    expect(convert(eur('-10.01'), quoteConversion({ ...terms, rate: ratio(1n, 2n) }))).toEqual(usd('-5'));
  });

  it('keeps its quote, which cannot be changed and comes back from JSON', () => {
    const quote = quoteConversion({ ...terms, id: 'Q-1' });
    expect(Object.isFrozen(quote)).toBe(true);
    expect(JSON.stringify(quote)).toBe(
      '{"id":"Q-1","from":{"code":"EUR","scale":2},"to":{"code":"USD","scale":2},"rate":{"num":"11","den":"10"},"rounding":"halfEven","quotedAt":"2026-03-05T10:00:00.000Z"}',
    );
    const back = conversionQuoteFromJson(JSON.parse(JSON.stringify(quote)))._unsafeUnwrap();
    expect(back).toEqual(quote);
    expect(convert(eur('10.01') as never, back)).toEqual(convert(eur('10.01'), quote));
    expect(conversionQuoteFromJson(JSON.parse(JSON.stringify(quoteConversion(terms)))).isOk()).toBe(true);
  });

  it('refuses an amount of another currency', () => {
    // @ts-expect-error dollars by a quote for euros
    expect(() => convert(usd('1'), quoteConversion(terms))).toThrow(
      expect.objectContaining({ code: 'currency_mismatch' }),
    );
  });

  it.each<[string, object]>([
    ['a rate of zero', { rate: ratio(0n, 1n) }],
    ['one currency twice', { to: eur }],
    ['an unknown rounding', { rounding: 'sideways' }],
    ['an instant without milliseconds', { quotedAt: '2026-03-05T10:00:00Z' }],
    ['an empty name', { id: '' }],
    ['a long name', { id: 'x'.repeat(201) }],
  ])('is a defect with %s', (_, change) => {
    expect(() => quoteConversion({ ...terms, ...change })).toThrow(
      expect.objectContaining({ code: 'conversion_invalid' }),
    );
  });

  const json = JSON.parse(JSON.stringify(quoteConversion(terms)));
  it.each<[unknown, string]>([
    [null, 'shape_invalid'],
    [{ ...json, extra: 1 }, 'shape_invalid'],
    [{ ...json, rounding: 'sideways' }, 'shape_invalid'],
    [{ ...json, quotedAt: 5 }, 'shape_invalid'],
    [{ ...json, quotedAt: 'yesterday' }, 'shape_invalid'],
    [{ ...json, id: 5 }, 'shape_invalid'],
    [{ ...json, from: 'EUR' }, 'shape_invalid'],
    [{ ...json, to: json.from }, 'shape_invalid'],
    [{ ...json, from: { code: 'eur', scale: 2 } }, 'currency_unknown'],
    [{ ...json, from: { code: 'EUR', scale: 4 } }, 'currency_unknown'],
    [{ ...json, rate: '1.1' }, 'ratio_invalid'],
    [{ ...json, rate: { num: '0', den: '0' } }, 'ratio_invalid'],
    [{ ...json, rate: { num: '0', den: '1' } }, 'shape_invalid'],
  ])('refuses %j', (value, code) => {
    expect(conversionQuoteFromJson(value)._unsafeUnwrapErr().code).toBe(code);
  });

  it('law: it converts as decimal.js does', () => {
    const Exact = Decimal.clone({ precision: 200, defaults: true });
    const pairs = fc.tuple(anyCurrency(), anyCurrency()).filter(([from, to]) => from.code !== to.code);
    const anyRate = fc.tuple(anyMinor({ min: 1n, max: 10n ** 9n }), anyMinor({ min: 1n, max: 10n ** 9n }));
    fc.assert(
      fc.property(pairs, anyRate, anyMinor({ min: -(10n ** 9n), max: 10n ** 9n }), ([from, to], [num, den], minor) => {
        const quote = quoteConversion({ rate: ratio(num, den), from, to, rounding: 'halfUp', quotedAt });
        const peer = new Exact(minor.toString())
          .times(num.toString())
          .times(new Exact(10).pow(to.scale - from.scale))
          .div(den.toString())
          .toDecimalPlaces(0, Decimal.ROUND_HALF_UP);
        expect(convert(money(minor, from), quote).minor.toString()).toBe(peer.toFixed().replace(/^-0$/, '0'));
      }),
      runs,
    );
  });

  it('law: in any steps, exactly all of a converted amount goes back, and never less than nothing', () => {
    const anyParts = fc.array(fc.bigInt({ min: 0n, max: 10_000n }), { minLength: 1, maxLength: 6 });
    const anyResult = anyMoney(usd, { min: 0n, max: 10n ** 9n });
    fc.assert(
      fc.property(anyParts, anyResult, anyRounding(), (parts, to, rounding) => {
        const whole = parts.reduce((left, right) => left + right, 1n);
        const converted = { from: money(whole, eur), to, rounding };
        let already = zero(eur);
        let returned = zero(usd);
        for (const part of [...parts, 1n]) {
          const back = money(part, eur);
          const share = reverseConversion(converted, { already, back });
          expect(share.minor >= 0n).toBe(true);
          already = add(already, back);
          returned = add(returned, share);
        }
        expect(returned).toEqual(to);
      }),
      runs,
    );
  });

  it('gives back no more than was converted', () => {
    const converted = { from: eur('10'), to: usd('11'), rounding: 'halfUp' } as const;
    const invalid = expect.objectContaining({ code: 'parts_invalid' });
    expect(() => reverseConversion(converted, { already: eur('5'), back: eur('5.01') })).toThrow(invalid);
    expect(() => reverseConversion(converted, { already: eur('5'), back: eur('-1') })).toThrow(invalid);
    expect(() => reverseConversion(converted, { already: eur('-5'), back: eur('1') })).toThrow(invalid);
    expect(currencies.has('EUR')).toBe(true);
  });
});
