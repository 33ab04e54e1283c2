import { Decimal } from 'decimal.js';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  basisPoints,
  isSameRate,
  parseBasisPoints,
  parsePercent,
  parseRate,
  percent,
  rate,
  rateFromDecimal,
  rateFromJson,
  rateToDecimal,
  rateToJson,
  ratio,
} from './index.ts';
import { anyRate } from './testing/index.ts';

const runs = { numRuns: Number(process.env.HOLDFAST_RUNS ?? 200) };

describe('rates', { timeout: 600_000 }, () => {
  it('are exact fractions in lowest terms', () => {
    const fraction = (num: bigint, den: bigint) => expect.objectContaining({ num, den });
    expect(percent('5')).toEqual(fraction(1n, 20n));
    expect(percent('2.9')).toEqual(fraction(29n, 1000n));
    expect(percent('0')).toEqual(fraction(0n, 1n));
    expect(percent('100')).toEqual(fraction(1n, 1n));
    expect(percent('0.00000001')).toEqual(fraction(1n, 10n ** 10n));
    expect(basisPoints(250n)).toEqual(fraction(1n, 40n));
    expect(rate('1.4705')).toEqual(fraction(2941n, 2000n));
    expect(ratio(2n, 6n)).toEqual(fraction(1n, 3n));
    expect(isSameRate(percent('5'), { num: 5n, den: 100n })).toBe(true);
    expect(isSameRate(percent('5'), percent('5.01'))).toBe(false);
  });

  it('cannot be changed, and become JSON', () => {
    expect(Reflect.set(percent('5'), 'num', 2n)).toBe(false);
    expect(JSON.stringify(percent('5'))).toBe('{"num":"1","den":"20"}');
    expect(rateToJson({ num: 1n, den: 3n })).toEqual({ num: '1', den: '3' });
  });

  it.each<[unknown]>(
    [
      '100.0001',
      '-1',
      '1e2',
      '33.3333333333',
      '',
      ' 5',
      '5%',
      '.5',
      '05',
      '-0',
      'NaN',
      5,
      5n,
      null,
      [],
      {},
      '9'.repeat(1e6),
    ].map((value) => [value]),
  )('refuse %o as a percentage', (value) => {
    const refused = parsePercent(value, 'commission')._unsafeUnwrapErr();
    expect(refused).toMatchObject({ code: 'ratio_invalid', field: 'commission' });
    expect(refused.given.length).toBeLessThanOrEqual(64);
  });

  it.each<[unknown]>([10_001n, '10001', -1n, '-1', '1.5', 250, null, '', '0x10'].map((value) => [value]))(
    'refuse %o as basis points',
    (value) => {
      expect(parseBasisPoints(value)._unsafeUnwrapErr().code).toBe('ratio_invalid');
    },
  );

  it.each<[unknown]>(['-0.05', '1e-2', '0.0000000000000000001', '1'.repeat(41), 0.05, null].map((value) => [value]))(
    'refuse %j as a rate',
    (value) => {
      expect(parseRate(value)._unsafeUnwrapErr().code).toBe('ratio_invalid');
    },
  );

  it('are a defect where they are written wrongly in code', () => {
    const invalid = expect.objectContaining({ name: 'TypeError', code: 'ratio_invalid' });
    expect(() => percent('101')).toThrow(invalid);
    expect(() => basisPoints(10_001n)).toThrow(invalid);
    expect(() => ratio(1n, 0n)).toThrow(invalid);
    expect(() => ratio(-1n, 2n)).toThrow(invalid);
    expect(() => ratio(1 as never, 2n)).toThrow(invalid);
  });

  it('are read from text of outside', () => {
    expect(isSameRate(parsePercent('2.9')._unsafeUnwrap(), percent('2.9'))).toBe(true);
    expect(isSameRate(parseBasisPoints('250')._unsafeUnwrap(), percent('2.5'))).toBe(true);
    expect(isSameRate(parseBasisPoints(10_000n)._unsafeUnwrap(), percent('100'))).toBe(true);
    expect(isSameRate(parseRate('0.05')._unsafeUnwrap(), percent('5'))).toBe(true);
  });

  it('come from a Decimal exactly, and go to one', () => {
    const quoted = rateFromDecimal(new Decimal('1.4705'))._unsafeUnwrap();
    expect(isSameRate(quoted, rate('1.4705'))).toBe(true);
    expect(rateFromDecimal(new Decimal('1e-18')).isOk()).toBe(true);
    expect(rateToDecimal(ratio(1n, 3n), 5).toString()).toBe('0.33333');
    for (const value of ['-1', 'NaN', 'Infinity', '1e9000000', '1e-9000000', '1e-19']) {
      expect(rateFromDecimal(new Decimal(value))._unsafeUnwrapErr().code).toBe('ratio_invalid');
    }
    expect(rateFromDecimal(1.5 as never)._unsafeUnwrapErr().code).toBe('ratio_invalid');
    expect(rateFromDecimal({ isFinite: () => true, e: 0, toFixed: () => '1' } as never).isErr()).toBe(true);
  });

  it.each<[unknown]>(
    [
      { num: '1', den: '0' },
      { num: '-1', den: '2' },
      { num: 1, den: 2 },
      { num: '1', den: '2', more: 1 },
      { num: '1'.repeat(61), den: '1' },
      { num: '1.5', den: '2' },
      '1/2',
      null,
    ].map((value) => [value]),
  )('refuse %j as JSON', (value) => {
    expect(rateFromJson(value)._unsafeUnwrapErr().code).toBe('ratio_invalid');
  });

  it('law: a rate comes back from its JSON', () => {
    fc.assert(
      fc.property(anyRate(), (value) => {
        const back = rateFromJson(JSON.parse(JSON.stringify(value)))._unsafeUnwrap();
        expect([back.num, back.den]).toEqual([value.num, value.den]);
      }),
      runs,
    );
  });
});
