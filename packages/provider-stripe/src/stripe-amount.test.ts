import { currencies } from '@holdfast/money';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { minor } from '../test/peer-world.ts';
import { fromStripeAmount, toStripeAmount } from './stripe-amount.ts';

const runs = { numRuns: Number(process.env.HOLDFAST_RUNS ?? 200) };

/** The list at https://docs.stripe.com/currencies#zero-decimal; UGX is among its special cases. */
const zeroDecimal = 'BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' ');

describe('an amount at Stripe', () => {
  it.each<[string, string, bigint, string]>([
    ['cents', 'USD', 1234n, '1234'],
    ['yen, which has no decimals', 'JPY', 500n, '500'],
    ['three decimals that end in 0', 'KWD', 5120n, '5120'],
    ['króna, sent with two decimals that it has not', 'ISK', 5n, '500'],
    ['Uganda shilling, likewise', 'UGX', 5n, '500'],
    ['ariary, whose fifths the API does not count', 'MGA', 500n, '5'],
    ['forint with a fraction, in a charge', 'HUF', 1045n, '1045'],
  ])('counts %s', (_, code, count, text) => {
    expect(toStripeAmount(minor(count, code), 'collect')).toEqual({ text });
    expect(fromStripeAmount(Number(text), code.toLowerCase())).toEqual(minor(count, code));
  });

  it.each<[string, string, bigint, 'collect' | 'payout']>([
    ['dinar that do not end in 0', 'KWD', 5124n, 'collect'],
    ['a fraction of an ariary', 'MGA', 520n, 'collect'],
    ['a payout of forint with a fraction', 'HUF', 1045n, 'payout'],
    ['a payout of New Taiwan dollars with a fraction', 'TWD', 1n, 'payout'],
    ['nothing', 'USD', 0n, 'collect'],
    ['less than nothing', 'USD', -100n, 'collect'],
    ['more than a JSON number holds', 'USD', 2n ** 53n, 'collect'],
    ['a crypto asset', 'USDC', 100n, 'collect'],
  ])('cannot be %s', (_, code, count, kind) => {
    expect(toStripeAmount(minor(count, code), kind)).toHaveProperty('why');
  });

  it('is no amount of a currency with other decimals than ISO has', () => {
    const amount = { ...minor(100n), currency: { code: 'USD', scale: 4 } };
    expect(toStripeAmount(amount as never, 'collect')).toHaveProperty('why');
  });

  it.each<[string, number, string]>([
    ['a number that JSON has rounded', 9_007_199_254_740_992, 'usd'],
    ['a fraction', 1.5, 'usd'],
    ['what is no number', Number.NaN, 'usd'],
    ['infinity', Number.POSITIVE_INFINITY, 'usd'],
    ['a currency in capitals', 100, 'USD'],
    ['a currency that nobody knows', 100, 'zzz'],
    ['half a króna', 4050, 'isk'],
  ])('is not read from %s', (_, counted, code) => {
    expect(fromStripeAmount(counted, code)).toBeUndefined();
  });

  it('has no decimals at Stripe exactly where ISO has none, but for the special cases', () => {
    const scaleZero = [...currencies.values()].filter(({ scale }) => scale === 0).map(({ code }) => code);
    expect(zeroDecimal.filter((code) => !scaleZero.includes(code))).toEqual(['MGA']);
    const others = scaleZero.filter((code) => !zeroDecimal.includes(code));
    expect(others.sort()).toEqual(['ISK', 'UGX', 'UYI']);
  });

  it('law: what can be sent comes back as the same amount', () => {
    const code = fc.constantFrom(...[...currencies.keys()].filter((one) => one.length === 3));
    fc.assert(
      fc.property(code, fc.bigInt(1n, 10n ** 13n), fc.constantFrom('collect', 'payout'), (one, count, kind) => {
        const amount = minor(count, one);
        const sent = toStripeAmount(amount, kind as 'collect');
        if ('why' in sent) return;
        expect(sent.text).toMatch(/^[1-9]\d*$/);
        expect(fromStripeAmount(Number(sent.text), one.toLowerCase())).toEqual(amount);
      }),
      runs,
    );
  });
});
