import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  eth,
  eur,
  findCurrency,
  formatDecimal,
  jpy,
  LARGEST_MINOR,
  parseMinor,
  parseMoney,
  parsePositive,
  requirePositive,
  trySum,
  usd,
} from './index.ts';
import { anyCurrency, anyMoney } from './testing/index.ts';

const runs = { numRuns: Number(process.env.HOLDFAST_RUNS ?? 200) };
const kwd = findCurrency('KWD')._unsafeUnwrap();

const wrongTypes: readonly unknown[] = [
  [-1, 0, -0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, JSON.parse('1e400'), 1e21],
  [2 ** 53, 2 ** 53 + 1, 1.5, 0.1 + 0.2, 1.15 * 100, Number.MIN_VALUE, 5e-324],
  [true, false, null, undefined],
  [[], [5], ['5'], {}, { valueOf: () => 5 }, { toString: () => '5' }, { [Symbol.toPrimitive]: () => 5 }],
  [new Number(5), new String('5'), Object(5n), Symbol('5'), () => 5, new Date(0), /5/, usd('5')],
].flat(1);

const wrongForms = [
  ['', ' ', '\n', '\t', ' 5', '5 ', '5\n', '\u00a05'],
  ['0x10', '0b11', '0o7', '1e3', '1E3', '1e+21', '1e999999999', '+5', '00012', '007.00', '--5', '-'],
  ['1_000', '1,000', '1.000,50', '1 000', '1’000'],
  ['١٢٣', '１２', '५', '−5', '–5', '5n', '5$', '$5', 'EUR 5'],
  ['1.', '.5', '.', '1..2', '1.2.3', '-.5', `${'1'.repeat(30)}!`],
  ['5\0', '\u200b5', '5\u202e', 'NaN', 'Infinity', 'null', 'undefined'],
].flat();

const tooLong = ['9'.repeat(1e6), `0.${'0'.repeat(1e6)}1`, `${'1'.repeat(40)}!`, '-'.repeat(41)];

describe('parseMoney', { timeout: 600_000 }, () => {
  it.each<[string, bigint]>([
    ['12.34', 1234n],
    ['12.3', 1230n],
    ['12', 1200n],
    ['0', 0n],
    ['0.00', 0n],
    ['-0.05', -5n],
    ['-12.34', -1234n],
    ['999999999999999999999999999999999999.99', LARGEST_MINOR],
    ['-999999999999999999999999999999999999.99', -LARGEST_MINOR],
  ])('reads %s', (text, minor) => {
    expect(parseMoney(text, usd)._unsafeUnwrap().minor).toBe(minor);
  });

  it.each(wrongTypes.map((value) => [value]))('refuses %o for its type', (value) => {
    expect(parseMoney(value, usd)._unsafeUnwrapErr()).toMatchObject({ code: 'amount_type', field: 'amount' });
    if (typeof value !== 'bigint') expect(parseMinor(value, usd)._unsafeUnwrapErr().code).toBe('amount_type');
  });

  it('refuses a bigint, whose scale nobody can see', () => {
    expect(parseMoney(5n, usd)._unsafeUnwrapErr().code).toBe('amount_type');
  });

  it.each(wrongForms.map((text) => [text]))('refuses %j for its form', (text) => {
    expect(parseMoney(text, usd, 'budget')._unsafeUnwrapErr()).toMatchObject({
      code: 'amount_format',
      field: 'budget',
      allowed: "a decimal string with at most 2 decimals for USD, such as '12.3'",
    });
    expect(parseMinor(text, usd)._unsafeUnwrapErr().code).toBe('amount_format');
    expect(parsePositive(text, usd)._unsafeUnwrapErr().code).toBe('amount_format');
  });

  it.each(tooLong.map((text) => [text]))('refuses what is too long before it is read', (text) => {
    const isQuick = () => {
      const began = performance.now();
      for (const result of [parseMoney(text, usd), parseMinor(text, usd)]) {
        const refused = result._unsafeUnwrapErr();
        expect(refused.code).toBe('limit_exceeded');
        expect(refused.given.length).toBeLessThanOrEqual(64);
      }
      return performance.now() - began < 50;
    };
    // A busy machine may have others go first in one try, not in each.
    expect(Array.from({ length: 20 }, isQuick)).toContain(true);
  });

  it('refuses more decimals than the currency has, zeros included', () => {
    expect(parseMoney('1.005', eur)._unsafeUnwrapErr()).toMatchObject({ code: 'amount_scale', scale: 2 });
    expect(parseMoney('1.000', eur)._unsafeUnwrapErr().code).toBe('amount_scale');
    expect(parseMoney('1.0005', kwd)._unsafeUnwrapErr()).toMatchObject({ code: 'amount_scale', scale: 3 });
    expect(parseMoney('1.5', jpy)._unsafeUnwrapErr()).toMatchObject({ code: 'amount_scale', scale: 0 });
    expect(parseMoney('1.00', jpy)._unsafeUnwrapErr().code).toBe('amount_scale');
    expect(parseMinor('1.5', eur)._unsafeUnwrapErr().code).toBe('amount_format');
  });

  it.each(['-0', '-0.00', '-0.0'])('refuses %s, which would be stored as another zero', (text) => {
    expect(parseMoney(text, usd)._unsafeUnwrapErr().code).toBe('amount_sign');
    expect(parseMinor('-0', usd)._unsafeUnwrapErr().code).toBe('amount_sign');
  });

  it('refuses more than 38 digits in minor units', () => {
    expect(parseMoney(`1${'0'.repeat(36)}`, usd)._unsafeUnwrapErr().code).toBe('amount_range');
    expect(parseMoney('9'.repeat(39), jpy)._unsafeUnwrapErr().code).toBe('amount_range');
    expect(parseMoney('9'.repeat(38), jpy).isOk()).toBe(true);
    expect(parseMoney(`1${'0'.repeat(20)}`, eth)._unsafeUnwrapErr().code).toBe('amount_range');
    for (const minor of [LARGEST_MINOR + 1n, -LARGEST_MINOR - 1n, 10n ** 40n, 10n ** 100_000n]) {
      expect(parseMinor(minor, usd)._unsafeUnwrapErr().code).toBe('amount_range');
    }
    expect(parseMinor(9223372036854775808n, usd).isOk()).toBe(true);
    expect(parseMinor('9'.repeat(39), usd)._unsafeUnwrapErr().code).toBe('amount_range');
  });

  it('reads counts of minor units', () => {
    expect(parseMinor(1234n, usd)._unsafeUnwrap()).toEqual(usd('12.34'));
    expect(parseMinor('-1234', usd)._unsafeUnwrap()).toEqual(usd('-12.34'));
  });

  it('refuses in a fixed order: type, length, form, decimals, sign, range', () => {
    const codes = [5, `${'-0.000'.padEnd(41, '0')}x`, '-0.000x', '-0.000', '-0.00', '9'.repeat(40)].map(
      (text) => parseMoney(text, usd)._unsafeUnwrapErr().code,
    );
    const order = ['amount_type', 'limit_exceeded', 'amount_format', 'amount_scale', 'amount_sign', 'amount_range'];
    expect(codes).toEqual(order);
  });

  it('law: an amount is read back from the decimal that it is written as', () => {
    const anyAmount = anyCurrency().chain((currency) => anyMoney(currency));
    fc.assert(
      fc.property(anyAmount, (amount) => {
        expect(parseMoney(formatDecimal(amount), amount.currency)._unsafeUnwrap()).toEqual(amount);
        expect(parseMinor(`${amount.minor}`, amount.currency)._unsafeUnwrap()).toEqual(amount);
      }),
      runs,
    );
  });

  it('law: what is accepted is written back as it was given, but for decimals that were left away', () => {
    const digits = fc.stringMatching(/^-?[0-9]{0,5}[.]?[0-9]{0,3}$/);
    fc.assert(
      fc.property(fc.oneof(digits, fc.string({ unit: 'binary', maxLength: 6 })), (text) => {
        const parsed = parseMoney(text, usd);
        if (parsed.isErr()) return;
        const [whole, fraction = ''] = text.split('.');
        expect(formatDecimal(parsed.value)).toBe(`${whole}.${fraction.padEnd(2, '0')}`);
      }),
      { numRuns: runs.numRuns * 5 },
    );
  });
});

describe('requirePositive', { timeout: 600_000 }, () => {
  it.each(['-1', '0', '0.00', '-0.01'])('refuses %s', (text) => {
    const refused = parsePositive(text, usd, 'budget')._unsafeUnwrapErr();
    expect(refused).toMatchObject({ code: 'amount_sign', field: 'budget', allowed: 'more than zero' });
  });

  it('lets the smallest amount through', () => {
    expect(requirePositive(usd('0.01'))._unsafeUnwrap()).toEqual(usd('0.01'));
    expect(requirePositive(parseMinor(-1n, usd)._unsafeUnwrap())._unsafeUnwrapErr().given).toBe('-0.01');
  });
});

describe('trySum', { timeout: 600_000 }, () => {
  it('refuses a sum past 38 digits and another currency', () => {
    const most = parseMinor(LARGEST_MINOR, usd)._unsafeUnwrap();
    expect(trySum([most, usd('0.01')], usd)._unsafeUnwrapErr().code).toBe('amount_range');
    expect(trySum(new Array(1000).fill(most), usd)._unsafeUnwrapErr().code).toBe('amount_range');
    expect(trySum([most, usd('0.01'), usd('-0.01')], usd)._unsafeUnwrap()).toEqual(most);
    expect(trySum([usd('1'), eur('1')], usd)._unsafeUnwrapErr()).toMatchObject({
      code: 'currency_mismatch',
      given: '1.00 EUR',
    });
    expect(trySum([], usd)._unsafeUnwrap()).toEqual(usd('0'));
  });
});
