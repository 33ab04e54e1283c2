import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { generateIso4217 } from '../scripts/generate-iso-4217.ts';
import {
  add,
  allocate,
  asMoneyOf,
  btc,
  compare,
  currencies,
  currencyRegistry,
  defineCurrency,
  equals,
  eth,
  eur,
  findCurrency,
  isIn,
  iso4217,
  type Money,
  parseMinor,
  parseMoney,
  sol,
  subtract,
  sui,
  sum,
  usd,
  usdc,
  usdt,
} from './index.ts';

describe('ISO 4217', () => {
  it('is what the packages say that it is written from', () => {
    const written = readFileSync(new URL('./iso-4217.ts', import.meta.url), 'utf8');
    expect(written).toBe(generateIso4217());
  });

  it('has every currency that this JavaScript engine counts as current, but for three that ended', () => {
    const codes = new Set(iso4217.map(([code]) => code));
    const missing = Intl.supportedValuesOf('currency').filter((code) => !codes.has(code));
    // The kuna, the old leone and the old Zimbabwe dollar left the list before it was published.
    expect(missing.filter((code) => !['HRK', 'SLL', 'ZWL'].includes(code))).toEqual([]);
  });

  it.each<[string, number | null]>([
    ['USD', 2],
    ['JPY', 0],
    ['KWD', 3],
    ['HUF', 2],
    ['UGX', 0],
    ['CLF', 4],
    ['MGA', 2],
    ['MRU', 2],
    ['XCG', 2],
    ['XAD', 2],
    ['ZWG', 2],
    ['XAU', null],
    ['XXX', null],
  ])('gives %s %o minor units', (code, minorUnits) => {
    expect(iso4217.find(([candidate]) => candidate === code)?.[2]).toBe(minorUnits);
    expect(currencies.get(code)?.scale ?? null).toBe(minorUnits);
  });

  it('has no code and no number of a current currency twice', () => {
    expect(new Set(iso4217.map(([code]) => code)).size).toBe(iso4217.length);
    const numbers = iso4217.map(([, numeric]) => numeric);
    // The Caribbean guilder took over the number of the guilder that it replaced.
    expect(numbers.filter((numeric, index) => numbers.indexOf(numeric) !== index)).toEqual(['532']);
    expect(iso4217.every(([code, numeric]) => /^[A-Z]{3}$/.test(code) && /^\d{3}$/.test(numeric))).toBe(true);
  });
});

describe('findCurrency', () => {
  it('finds ISO 4217 and the crypto assets', () => {
    expect(findCurrency('EUR')._unsafeUnwrap()).toBe(eur('1').currency);
    const scales = ['BTC', 'ETH', 'SOL', 'SUI', 'USDC', 'USDT'].map((code) => findCurrency(code)._unsafeUnwrap().scale);
    expect(scales).toEqual([8, 18, 9, 9, 6, 6]);
    expect([btc, eth, sol, sui, usdc, usdt].map(({ scale }) => scale)).toEqual(scales);
  });

  it.each<[unknown]>(
    [
      ['eur', 'Eur', 'uſd', 'NO\u212a', 'EUR ', ' EUR', 'EUR\n', 'EUR\0', 'ЕUR', '', 'EU', 'EURO', '978', 978],
      ['__proto__', 'constructor', 'toString', 'hasOwnProperty', null, undefined, {}, ['EUR'], usd, 'XXX', 'XAU'],
    ]
      .flat(1)
      .map((code) => [code]),
  )('refuses %j', (code) => {
    const refused = findCurrency(code)._unsafeUnwrapErr();
    expect(refused).toMatchObject({ code: 'currency_unknown', field: 'currency' });
    expect(refused.given.length).toBeLessThanOrEqual(64);
  });
});

describe('currencies of your own', () => {
  const gold = defineCurrency('GOLD', 6);

  it('are found beside the ready-made ones', () => {
    const registry = currencyRegistry([gold, usd, { code: 'GOLD', scale: 6 }])._unsafeUnwrap();
    expect(findCurrency('GOLD', registry)._unsafeUnwrap()).toEqual({ code: 'GOLD', scale: 6 });
    expect(findCurrency('JPY', registry).isOk()).toBe(true);
    expect(findCurrency('GOLD').isErr()).toBe(true);
  });

  it.each<[string, number]>([
    ['USD', 4],
    ['JPY', 2],
    ['GOLD', 8],
    ['GOOD', -1],
    ['GOOD', 1.5],
    ['GOOD', 19],
    ['GOOD', Number.NaN],
    ['GOOD', Number.POSITIVE_INFINITY],
    ['GOOD', '2' as never],
    ['good', 2],
    ['', 2],
    ['G', 2],
    ['G OLD', 2],
    ['GOLD\n', 2],
    ['A'.repeat(25), 2],
    ['ЕUR', 2],
    [null as never, 2],
  ])('are refused as %j with %o decimals', (code, scale) => {
    const refused = currencyRegistry([gold, { code, scale }])._unsafeUnwrapErr();
    expect(refused.code).toBe('config_invalid');
    expect(refused.allowed).toMatch(/^no currency where /);
  });

  it('are a defect where they are defined wrongly', () => {
    for (const define of [() => defineCurrency('gold', 2), () => defineCurrency('GOLD', 19)]) {
      expect(define).toThrow(expect.objectContaining({ name: 'TypeError', code: 'config_invalid' }));
    }
  });

  it('are currency and literal maker at once, frozen, and plain data as JSON', () => {
    expect(gold('0.5').toString()).toBe('0.500000 GOLD');
    expect(JSON.stringify({ gold })).toBe('{"gold":{"code":"GOLD","scale":6}}');
    expect(Reflect.set(gold, 'scale', 2)).toBe(false);
  });

  it('hold more than the supply of any asset', () => {
    expect(parseMoney('21000000.00000000', btc)._unsafeUnwrap().minor).toBe(2_100_000_000_000_000n);
    expect(parseMinor(120_000_000n * 10n ** 18n, eth).isOk()).toBe(true);
  });
});

describe('two currencies', () => {
  const dollars: Money = usd('1');
  const euros: Money = eur('1');
  const fineDollars: Money = defineCurrency('USD', 4)('1');

  it.each<[string, Money, Money]>([
    ['another code', dollars, euros],
    ['another scale', dollars, fineDollars],
  ])('do not mix: %s', (_, left, right) => {
    const mismatch = expect.objectContaining({ name: 'TypeError', code: 'currency_mismatch' });
    expect(() => add(left, right)).toThrow(mismatch);
    expect(() => subtract(left, right)).toThrow(mismatch);
    expect(() => compare(left, right)).toThrow(mismatch);
    expect(() => sum([left, right], left.currency)).toThrow(mismatch);
    expect(equals(left, right)).toBe(false);
    expect(isIn(right, left.currency)).toBe(false);
    expect(asMoneyOf(right, left.currency)._unsafeUnwrapErr().code).toBe('currency_mismatch');
  });

  it('stay what they are through a split', () => {
    expect(allocate(euros, [1n]).map((part) => part.currency.code)).toEqual(['EUR']);
  });
});
