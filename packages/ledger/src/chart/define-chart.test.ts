import { Defect } from '@holdfast/kernel';
import { eur, usd } from '@holdfast/money';
import fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { arbitraryChartRules } from '../testing/arbitraries.ts';
import { checkChart } from './check-chart.ts';
import { type AccountOf, defineChart } from './define-chart.ts';

const numRuns = Number(process.env.HOLDFAST_RUNS ?? 100);

const chart = defineChart({
  'users:{user}:available': { type: 'liability', floor: 'zero', owner: '{user}' },
  'users:{user}:credit': { type: 'liability', floor: { overdraft: [usd('50')] }, owner: 'users/{user}' },
  'jobs:{job}:{part}': { type: 'liability', breach: 'defect' },
  'platform:fees:earned': { type: 'income' },
  'platform:reserve': { type: 'equity', opens: 'explicitly' },
  'dollars:{name}': { type: 'asset', currencies: ['USD'] },
  'world:{provider}': { type: 'asset', floor: 'none' },
});

describe('a chart of accounts', () => {
  it('names accounts by pattern and ids', () => {
    expect(chart.account('users:{user}:available', { user: '42' })).toBe('users:42:available');
    expect(chart.account('jobs:{job}:{part}', { job: 'J1', part: 'm2' })).toBe('jobs:J1:m2');
    expect(chart.account('platform:fees:earned')).toBe('platform:fees:earned');
  });

  it('knows the types of names and parameters', () => {
    const name = chart.account('users:{user}:available', { user: '42' });
    expectTypeOf(name).toEqualTypeOf<`users:${string}:available`>();
    expectTypeOf<'world:stripe'>().toExtend<AccountOf<typeof chart>>();
    expectTypeOf<'worlds:stripe'>().not.toExtend<AccountOf<typeof chart>>();
    const wrong = [
      // @ts-expect-error no such pattern
      () => chart.account('users:{user}:held', { user: '42' }),
      // @ts-expect-error the parameter is missing
      () => chart.account('users:{user}:available'),
      // @ts-expect-error the parameter has another name
      () => chart.account('users:{user}:available', { name: '42' }),
      // @ts-expect-error an id is a text
      () => chart.account('users:{user}:available', { user: 42 }),
    ];
    for (const call of wrong) expect(call).toThrow(Defect);
  });

  it.each([
    ['the empty text', ''],
    ['a space', ' '],
    ['256 characters', 'x'.repeat(256)],
    ['a lone surrogate', 'a\ud800'],
    ['a zero byte', 'a\0b'],
    ['a letter beyond ASCII', 'é'],
    ['a path', '../../x'],
    ['a slash', 'a/b'],
    ['SQL', "'; DROP TABLE line;--"],
    ['an operator', '$gt'],
    ['an object', { $gt: '' }],
    ['a list', ['id']],
    ['a wrapped text', new String('id')],
    ['a number', 1],
    ['a prototype', '__proto__'],
    ['a header', '\r\nX-Evil: 1'],
    ['a line end', 'a\n'],
    ['a colon', 'a:b'],
  ])('refuses %s as an id from outside, and calls it a defect from inside', (_what, id) => {
    const parsed = chart.parseAccount('users:{user}:available', { user: id });
    expect(parsed._unsafeUnwrapErr()).toMatchObject({ code: 'id_invalid', field: 'user' });
    expect(() => chart.account('users:{user}:available', { user: id as string })).toThrow(Defect);
  });

  it('refuses ids that together are longer than a name may be', () => {
    const ids = { job: 'x'.repeat(120), part: 'y'.repeat(120) };
    expect(chart.parseAccount('jobs:{job}:{part}', ids)._unsafeUnwrapErr().code).toBe('id_invalid');
  });

  it('says how an account opens', () => {
    const opened = (name: string, currency = usd.toJSON()) => chart.open(name, currency, false)._unsafeUnwrap();
    expect(opened('users:42:available')).toEqual({ type: 'liability', floor: 0n, breach: 'refusal', owner: '42' });
    expect(opened('users:42:credit')).toEqual({
      type: 'liability',
      floor: -5_000n,
      breach: 'refusal',
      owner: 'users/42',
    });
    expect(chart.open('users:42:credit', eur.toJSON(), false)._unsafeUnwrap().floor).toBe(0n);
    expect(opened('world:stripe').floor).toBeNull();
    expect(opened('jobs:J1:m2').breach).toBe('defect');
  });

  it.each([
    ['a name that no pattern fits', 'users:42:held', false],
    ['a name that opens explicitly', 'platform:reserve', false],
    ['a name with a segment too many', 'world:stripe:eu', true],
    ['a parameter that is no id', 'world:-x', true],
    ['no name at all', '', true],
  ])('knows no account for %s', (_what, name, explicitly) => {
    expect(chart.open(name, usd.toJSON(), explicitly)._unsafeUnwrapErr()).toEqual({
      code: 'account_unknown',
      account: name,
    });
  });

  it('opens explicitly what opens explicitly, and only in its currencies', () => {
    expect(chart.open('platform:reserve', usd.toJSON(), true).isOk()).toBe(true);
    expect(chart.open('dollars:x', usd.toJSON(), false).isOk()).toBe(true);
    expect(chart.open('dollars:x', eur.toJSON(), true).isErr()).toBe(true);
  });

  it('finds the pattern of a name', () => {
    expect(chart.match('jobs:J1:m2')).toMatchObject({ pattern: 'jobs:{job}:{part}', ids: { job: 'J1', part: 'm2' } });
    expect(chart.match('jobs:J1')).toBeUndefined();
  });
});

describe('checking a chart', { timeout: 600_000 }, () => {
  const type = 'liability' as const;
  it.each([
    [{}, 'no patterns'],
    [undefined, 'is an object'],
    [{ 'a b': { type } }, "the segment 'a b'"],
    [{ 'a::b': { type } }, "the segment ''"],
    [{ 'a:x{b}': { type } }, "the segment 'x{b}'"],
    [{ '{a}:{a}': { type } }, 'names the parameter {a} twice'],
    [{ a: {} }, 'has no type'],
    [{ a: { type: 'money' } }, 'has no type'],
    [{ a: null }, 'has no rule'],
    [{ a: { type, flor: 'zero' } }, "the unknown field 'flor'"],
    [{ a: { type, floor: 0 } }, 'a floor that is neither'],
    [{ a: { type, floor: { overdraft: [5] } } }, 'a floor that is neither'],
    [{ a: { type, floor: { overdraft: [usd('-5')] } } }, 'not more than zero'],
    [{ a: { type, floor: { overdraft: [usd('5'), usd('6')] } } }, 'two overdrafts in one currency'],
    [{ a: { type, breach: 'no' } }, 'a breach'],
    [{ a: { type, opens: 'later' } }, 'opens neither'],
    [{ a: { type, currencies: [] } }, 'no list of currency codes'],
    [{ 'a:{b}': { type, owner: '{c}' } }, 'the parameter {c}, which the pattern does not have'],
    [{ 'a:{b}': { type, owner: 7 } }, 'has an owner'],
    [{ 'a:{b}': { type }, 'a:c': { type } }, "both fit 'a:c'"],
    [{ '{a}:b': { type }, 'c:{d}': { type } }, "both fit 'c:b'"],
  ])('says in a sentence what is wrong with %j', (rules, part) => {
    const problems = checkChart(rules);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(part);
    expect(problems[0]).toMatch(/\.$/);
    expect(() => defineChart(rules as never)).toThrow(Defect);
  });

  it('says all that is wrong at once', () => {
    expect(checkChart({ 'a b': {}, c: { type, flor: 1 } })).toHaveLength(3);
  });

  it('law: a name that a chart makes fits the pattern that it was made of, and no other', () => {
    fc.assert(
      fc.property(arbitraryChartRules(), fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._~-]{0,9}$/), (rules, id) => {
        const problems = checkChart(rules);
        if (problems.length > 0) {
          expect(problems.every((problem) => problem.includes('both fit'))).toBe(true);
          return;
        }
        const made = defineChart(rules);
        for (const pattern of made.patterns) {
          const name = pattern.replace(/\{[ab]\}/g, id);
          expect(made.match(name)?.pattern).toBe(pattern);
        }
      }),
      { numRuns },
    );
  });
});
