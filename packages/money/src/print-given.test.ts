import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printGiven } from './index.ts';

const runs = { numRuns: Number(process.env.HOLDFAST_RUNS ?? 200) };

describe('printGiven', { timeout: 600_000 }, () => {
  it.each<[unknown, string]>([
    ['12,34', '12,34'],
    ['5\u202e', '5\\u{202e}'],
    ['5\n\0', '5\\u{a}\\u{0}'],
    ['\u00a05', '\\u{a0}5'],
    ['\ud800', '\\u{d800}'],
    ['١٢', '١٢'],
    [-0, '-0'],
    [1e21, '1e+21'],
    [12n, '12n'],
    [10n ** 100_000n, 'a bigint of more than 62 digits'],
    [null, 'null'],
    [undefined, 'undefined'],
    [true, 'true'],
    [[5], 'an array'],
    [{ toString: () => 'x' }, 'an object'],
    [() => 5, 'a function'],
    [Symbol('secret'), 'a symbol'],
  ])('prints %o', (value, printed) => {
    expect(printGiven(value)).toBe(printed);
  });

  it('prints a revoked proxy, and runs no code of an object', () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(printGiven(proxy)).toBe('a revoked proxy');
    const trap = (): never => {
      throw new Error('ran');
    };
    expect(printGiven({ toString: trap, valueOf: trap, toJSON: trap, [Symbol.toPrimitive]: trap })).toBe('an object');
  });

  it('law: whatever was given, at most 64 characters are printed and none of them is invisible', () => {
    const characters = ['\u200b', '\u2009', '\u202e', '\u00ad', '\n', '\ud800', '\udc00', 'a', '9', '😀', '१'];
    const nasty = fc.string({ unit: fc.constantFrom(...characters), maxLength: 120, size: 'max' });
    const text = fc.string({ unit: 'binary', maxLength: 200 });
    fc.assert(
      fc.property(fc.oneof(nasty, text, fc.anything()), (value) => {
        const printed = printGiven(value);
        expect(printed.length).toBeLessThanOrEqual(64);
        expect(printed).not.toMatch(/[\p{Cc}\p{Cs}\p{Cf}\p{Zl}\p{Zp}\u2000-\u200f]/u);
      }),
      runs,
    );
  });
});
