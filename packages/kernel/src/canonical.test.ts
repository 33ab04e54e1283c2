import { isDeepStrictEqual } from 'node:util';
import { isMoney, usd } from '@holdfast/money';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonical, type NotPlain, readCanonical, reviveJson } from './index.ts';

const runs = { numRuns: Number(process.env.HOLDFAST_RUNS ?? 300) };

/** Plain data with the strange names and texts that tell encoders apart. */
const anyPlain = fc.jsonValue({ depthSize: 'small', noUnicodeString: false }).map(wholeNumbers);

const { small: anySmall } = fc.letrec((tie) => ({
  small: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    fc.constantFrom<unknown>(null, 0, 1, '1', '', true, 'null', 'a'),
    fc.array(tie('small'), { maxLength: 2 }),
    fc.dictionary(fc.constantFrom('a', 'b', '', '__proto__'), tie('small'), { maxKeys: 2, noNullPrototype: true }),
  ),
}));

function wholeNumbers(value: unknown): unknown {
  if (typeof value === 'number') return Number.isSafeInteger(value) && !Object.is(value, -0) ? value : 7;
  if (typeof value === 'string') return value.toWellFormed();
  if (Array.isArray(value)) return value.map(wholeNumbers);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key.toWellFormed(), wholeNumbers(item)]));
}

/** Turns the fields of every object round. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, item]) => [key, turned(item)]),
  );
}

function nested(levels: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level++) value = [value];
  return value;
}

describe('the canonical text', { timeout: 600_000 }, () => {
  it('law: what is written is read back as it was', () => {
    fc.assert(
      fc.property(anyPlain, (value) => {
        const text = canonical(value) as string;
        expect(JSON.parse(text)).toEqual(value);
        expect(canonical(readCanonical(text))).toBe(text);
      }),
      runs,
    );
  });

  it('law: two values have one text exactly when they are the same data', () => {
    // Values so small that equal and almost equal ones meet all the time.
    fc.assert(
      fc.property(anySmall, anySmall, (left, right) => {
        expect(canonical(left) === canonical(right)).toBe(isDeepStrictEqual(left, right));
      }),
      { numRuns: 10 * runs.numRuns },
    );
  });

  it('law: the order of fields does not show', () => {
    fc.assert(
      fc.property(anyPlain, (value) => {
        expect(canonical(turned(value))).toBe(canonical(value));
      }),
      runs,
    );
  });

  it('sorts keys by code unit, leaves absent fields out and writes amounts with all decimals', () => {
    const value = { b: 1, a: undefined, B: null, é: 'ü', Z: [usd('12.3'), false], '': '"\\\n' };
    expect(canonical(value)).toBe(
      '{"":"\\"\\\\\\n","B":null,"Z":[{"amount":"12.30","currency":"USD"},false],"b":1,"é":"ü"}',
    );
    expect(canonical(Object.assign(Object.create(null), { a: 1 }))).toBe('{"a":1}');
  });

  it('keeps composed and decomposed letters apart', () => {
    expect(canonical('\u00e9')).not.toBe(canonical('e\u0301'));
  });

  it.each<[string, unknown, string]>([
    ['a fraction', { a: { b: 0.5 } }, 'a.b'],
    ['minus zero', [-0], '0'],
    ['NaN', NaN, ''],
    ['infinity', { a: Number.POSITIVE_INFINITY }, 'a'],
    ['a number past 2^53', [0, 2 ** 53], '1'],
    ['a bigint', { a: 1n }, 'a'],
    ['undefined itself', undefined, ''],
    ['undefined in an array', [undefined], '0'],
    ['a hole', Object.assign([1], { 2: 3 }), '1'],
    ['a function', { toJSON: () => 1 }, 'toJSON'],
    ['a symbol', { a: Symbol('a') }, 'a'],
    ['a symbol as a key', { [Symbol('a')]: 1 }, ''],
    ['a date', { at: new Date(0) }, 'at'],
    ['a map', new Map([[1, 2]]), ''],
    ['a class instance', new (class Point {})(), ''],
    ['a boxed text', { id: Object('id') }, 'id'],
    ['a lone surrogate', { a: 'a\ud800' }, 'a'],
    ['a lone surrogate as a key', { 'a\udfff': 1 }, ''],
    ['nesting past 32 levels', nested(34), '0.'.repeat(32).concat('0')],
    ['nesting of 100,000 levels', nested(100_000), '0.'.repeat(32).concat('0')],
    ['100,000 fields', Object.fromEntries(Array.from({ length: 100_000 }, (_, field) => [`field${field}`, 0])), ''],
    ['a text of a million and one', 'x'.repeat(1_000_001), ''],
    ['a megabyte in small parts', Array.from({ length: 30 }, () => 'x'.repeat(40_000)), ''],
  ])('refuses %s and says where', (_, value, field) => {
    const refused = canonical(value) as NotPlain;
    expect(refused).toMatchObject({ allowed: expect.any(String), given: expect.any(String) });
    // A key that is no text cannot be shown, so its object is named.
    expect(refused.field.startsWith(field)).toBe(true);
    expect(refused.given.length).toBeLessThanOrEqual(64);
  });

  it('takes nesting of 32 levels and refuses a cycle as too deep', () => {
    const cycle: { self?: unknown } = {};
    cycle.self = cycle;
    expect(canonical(nested(33))).toBe(`${'['.repeat(33)}1${']'.repeat(33)}`);
    expect(canonical(cycle)).toMatchObject({ allowed: 'at most 32 levels' });
  });

  it('keeps a field named __proto__ as data and touches no prototype', () => {
    const text = '{"__proto__":{"isAdmin":true},"a":1}';
    const read = readCanonical(text) as object;
    const revived = reviveJson(JSON.parse(text)) as object;
    expect([canonical(JSON.parse(text)), canonical(read), canonical(revived)]).toEqual([text, text, text]);
    expect(Object.getPrototypeOf(revived)).toBe(Object.prototype);
    expect(({} as { isAdmin?: true }).isAdmin).toBeUndefined();
  });
});

describe('money in canonical text', () => {
  it('comes back as money from the text, from JSON, and where it is money already', () => {
    const value = { paid: usd('-0.05') };
    const text = canonical(value) as string;
    expect(readCanonical(text)).toEqual(value);
    expect(reviveJson(JSON.parse(text))).toEqual(value);
    expect((reviveJson(value as never) as typeof value).paid).toBe(value.paid);
  });

  it.each([
    ['a lot', 'USD'],
    ['1e5', 'USD'],
    ['007', 'USD'],
    ['-0.00', 'USD'],
    ['1.', 'USD'],
    ['.5', 'USD'],
    ['', 'USD'],
    ['1.0000000000000000001', 'USD'],
    ['9'.repeat(39), 'USD'],
    ['12.34', 'dollars'],
    ['12.34', ''],
  ])('leaves plain data that merely looks like it as it was: %s %s', (amount, currency) => {
    const text = canonical({ amount, currency }) as string;
    expect(readCanonical(text)).toEqual({ amount, currency });
    expect(canonical(readCanonical(text))).toBe(text);
    expect(isMoney(reviveJson({ amount, currency }))).toBe(false);
  });
});
