import type { AccountState } from '@holdfast/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeAccountState, encodeAccountState } from './account-state.ts';
import { integerOf, minorOf, textOf } from './decode-row.ts';
import { joinLines, splitLines } from './lines-of-text.ts';
import { bookLocks, lockKey } from './lock-key.ts';
import { quoteSchema } from './schema-name.ts';

const numRuns = Number(process.env.HOLDFAST_RUNS ?? '200');

const accountState: fc.Arbitrary<AccountState> = fc
  .record({
    type: fc.constantFrom('asset', 'liability', 'income', 'expense', 'equity'),
    floor: fc.option(fc.bigInt({ min: -(10n ** 38n) + 1n, max: 10n ** 38n - 1n })),
    breach: fc.constantFrom('refusal', 'defect'),
    owner: fc.option(fc.string({ unit: 'binary' }), { nil: undefined }),
    frozen: fc.constantFrom('none', 'debits', 'all'),
    closed: fc.boolean(),
    scale: fc.integer({ min: 0, max: 18 }),
  })
  .map(
    ({ scale, owner, ...rest }) =>
      ({ ...rest, ...(owner === undefined ? {} : { owner }), currency: { code: 'XTS', scale } }) as AccountState,
  );

describe('an account state', () => {
  it('law: comes back as it was, in one line of text', () => {
    fc.assert(
      fc.property(accountState, (state) => {
        const text = encodeAccountState(state);
        expect(text).not.toContain('\n');
        expect(decodeAccountState('users:1 XTS', text)).toEqual(state);
        expect(JSON.stringify(JSON.parse(text), Object.keys(JSON.parse(text)).sort())).toBe(text);
      }),
      { numRuns },
    );
  });
});

describe('columns joined into lines', () => {
  it('law: come apart as they were joined, unless there is only one and it is empty', () => {
    const value = fc.string({ unit: 'binary' }).filter((text) => !text.includes('\n'));
    fc.assert(
      fc.property(fc.array(value), (values) => {
        fc.pre(values.length !== 1 || values[0] !== '');
        expect(splitLines(joinLines(values))).toEqual(values);
      }),
      { numRuns },
    );
  });

  it('never hold a value with a line feed', () => {
    for (const values of [['a', 'b\nc'], ['\n'], ['', '\n'], ['\n', '']])
      expect(() => joinLines(values)).toThrow('holds a line feed');
    for (const values of [[], [''], ['', ''], ['a', '', 'b']]) expect(joinLines(values)).toBe(values.join('\n'));
  });
});

describe('a value read from a row', () => {
  it.each(['NaN', 'Infinity', '1.5', '1.0', '', ' 1', '+1', '1e3', '0x1', `1${'0'.repeat(38)}`, null, undefined])(
    'is no amount: %j',
    (text) => {
      expect(() => minorOf(text, 'an amount')).toThrow(/^an amount is /);
    },
  );

  it('is an amount of up to 38 digits', () => {
    expect(minorOf(`-${'9'.repeat(38)}`, 'an amount')).toBe(1n - 10n ** 38n);
  });

  it.each(['9007199254740992', '1.0', '', null, undefined, 'x'])('is no whole number: %j', (text) => {
    expect(() => integerOf(text, 'a sequence')).toThrow(/^a sequence is /);
  });

  it('is no text where it is missing', () => {
    expect(() => textOf(null, 'a key')).toThrow('a key is missing');
    expect(textOf('', 'a key')).toBe('');
  });
});

describe('names', () => {
  it('of schemas are quoted, and nothing else is let through', () => {
    expect(quoteSchema('holdfast_2')).toBe('"holdfast_2"');
    for (const name of ['public; drop', 'a"b', 'x'.repeat(64), 'pg_x', '', 'A', undefined, 1]) {
      expect(() => quoteSchema(name as string)).toThrow(/^schema is /);
    }
  });

  it('of books give a lock each, by schema, within 64 bits', () => {
    const locks = bookLocks('s');
    expect(locks('a')).toBe(locks('a'));
    expect(new Set([locks('a'), locks('b'), bookLocks('t')('a'), lockKey('s', 'migrations')]).size).toBe(4);
    expect(BigInt.asIntN(64, BigInt(locks('a'))).toString()).toBe(locks('a'));
  });
});
