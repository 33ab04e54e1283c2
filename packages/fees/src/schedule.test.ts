import { eur, percent, ratio, usd } from '@holdfast/money';
import * as fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import {
  additiveLines,
  deductiveLines,
  defineFees,
  type FeeRuleInput,
  type FeeSchedule,
  feeLines,
  parseFees,
  type QuoteLine,
  quoteLines,
} from './index.ts';
import { anySchedule } from './testing/index.ts';

const runs = { numRuns: Number(process.env.HOLDFAST_RUNS ?? 200) };
const fee: FeeRuleInput<'payee'> = { payer: 'payee', mode: 'deductive', rate: percent('10') };
const rules = {
  platform: { payer: 'customer', mode: 'additive', rate: percent('5') },
  service: { payer: 'contractor', mode: 'deductive', rate: percent('20'), rounding: 'halfEven' },
} as const;

describe('defineFees', () => {
  it('gives plain frozen data with every rounding said', () => {
    const schedule = defineFees('2026-01', rules);
    expect(schedule.rules.platform.rounding).toBe('halfUp');
    expect(schedule.rules.service.rounding).toBe('halfEven');
    expect([schedule, schedule.rules, schedule.rules.platform].every(Object.isFrozen)).toBe(true);
    expect([feeLines(schedule), additiveLines(schedule), deductiveLines(schedule)]).toEqual([
      ['platform', 'service'],
      ['platform'],
      ['service'],
    ]);
  });

  it('knows its lines and its payers', () => {
    const schedule = defineFees('2026-01', rules);
    expectTypeOf(schedule).toEqualTypeOf<FeeSchedule<'platform' | 'service', 'customer' | 'contractor'>>();
    expectTypeOf<QuoteLine<'platform' | 'service'>>().toEqualTypeOf<'platform' | 'service' | 'payout'>();
    expectTypeOf(schedule).toExtend<FeeSchedule>();
    // @ts-expect-error no such line
    expect(quoteLines(schedule, usd('1')).lines.network).toBe(undefined);
    // @ts-expect-error a number as a rate
    expect(() => defineFees('1', { fee: { ...fee, rate: 0.05 } })).toThrow(TypeError);
    // @ts-expect-error no such mode
    expect(() => defineFees('1', { fee: { ...fee, mode: 'inclusive' } })).toThrow(TypeError);
  });

  it('may have no fees at all', () => {
    expect(quoteLines(defineFees('free', {}), usd('5'))).toMatchObject({
      charge: usd('5'),
      payout: usd('5'),
      lines: {},
    });
  });

  it.each<[string, Readonly<Record<string, FeeRuleInput>>, string]>([
    ['payout', { payout: fee }, 'No fee may be called payout: that is the line that takes the rest.'],
    ['a name', { 'a b': fee }, 'The name "a b" is not a letter and up to 39 letters, digits or _.'],
    ['a prototype', JSON.parse('{"__proto__":{}}'), 'The name "__proto__" is not a letter'],
    ['a payer', { fee: { ...fee, payer: '' } }, 'The fee fee has no payer.'],
    ['a mode', { fee: { ...fee, mode: 'x' as never } }, 'The mode of the fee fee is neither additive nor deductive.'],
    [
      'a rate',
      { fee: { ...fee, rate: { num: 3n, den: 2n } } },
      'The rate of the fee fee is not a fraction from 0 to 1.',
    ],
    ['a rate', { fee: { ...fee, rate: { num: -1n, den: 2n } } }, 'The rate of the fee fee is not a fraction'],
    ['a rate', { fee: { ...fee, rate: { num: 0n, den: 0n } } }, 'The rate of the fee fee is not a fraction'],
    ['a rate', { fee: { ...fee, rate: 0.05 as never } }, 'The rate of the fee fee is not a fraction'],
    ['a rounding', { fee: { ...fee, rounding: 'x' as never } }, 'The rounding of the fee fee is unknown.'],
    [
      'a minimum',
      { fee: { ...fee, minimum: usd('-1') } },
      'The minimum of the fee fee is not an amount of zero or more.',
    ],
    ['a maximum', { fee: { ...fee, maximum: 5 as never } }, 'The maximum of the fee fee is not an amount of zero'],
    [
      'bounds',
      { fee: { ...fee, minimum: usd('2'), maximum: usd('1') } },
      'The fee fee has a minimum of 2.00 USD, above its maximum of 1.00 USD.',
    ],
    [
      'two currencies',
      { a: { ...fee, minimum: usd('2') }, b: { ...fee, maximum: eur('1') } },
      'Some amounts are in USD and some in EUR: no sale could have both.',
    ],
    [
      'more than all',
      { a: { ...fee, rate: ratio(2n, 3n) }, b: { ...fee, rate: percent('33.34') } },
      'The deductive fees together take more than the whole amount.',
    ],
    [
      'too many',
      Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`f${index}`, { ...fee, rate: percent('1') }])),
      'There are 51 fees, more than 50.',
    ],
  ])('says what is wrong with %s', (_, wrong, sentence) => {
    expect(() => defineFees('1', wrong)).toThrow(
      expect.objectContaining({
        name: 'TypeError',
        code: 'config_invalid',
        problems: expect.arrayContaining([expect.stringContaining(sentence)]),
      }),
    );
  });

  it.each(['', 'a b', 'x'.repeat(65), 'a\n'])('refuses the version %j', (version) => {
    expect(() => defineFees(version, {})).toThrow('The version is not 1 to 64 visible characters without spaces.');
  });

  it('says everything that is wrong at once', () => {
    const wrong = { payout: { ...fee, payer: '' }, fee: { ...fee, rounding: 'x' as never } };
    expect(() => defineFees('', wrong)).toThrow(
      expect.objectContaining({ problems: expect.objectContaining({ length: 4 }) }),
    );
  });

  it('lets the deductive fees take exactly everything', () => {
    const all = defineFees('all', { a: { ...fee, rate: ratio(2n, 3n) }, b: { ...fee, rate: ratio(1n, 3n) } });
    expect(quoteLines(all, usd('3')).payout).toEqual(usd('0'));
  });
});

describe('parseFees', { timeout: 600_000 }, () => {
  it('reads a configuration', () => {
    const read = parseFees({
      version: '2026-01',
      rules: {
        platform: { payer: 'customer', mode: 'additive', percent: '5' },
        service: {
          payer: 'contractor',
          mode: 'deductive',
          rate: { num: '1', den: '5' },
          rounding: 'halfEven',
          minimum: { amount: '1.00', currency: 'USD' },
        },
      },
    })._unsafeUnwrap();
    expect(read).toEqual(defineFees('2026-01', { ...rules, service: { ...rules.service, minimum: usd('1.00') } }));
  });

  it.each<[string, unknown, string]>([
    ['nothing', null, ''],
    ['text', 'fees', ''],
    ['no version', { rules: {} }, 'version'],
    ['an empty version', { version: '', rules: {} }, 'rules'],
    ['another field', { version: '1', rules: {}, more: 1 }, ''],
    [
      'another field of a rule',
      { version: '1', rules: { a: { payer: 'x', mode: 'additive', percent: '5', base: 1 } } },
      'rules.a',
    ],
    ['no rate', { version: '1', rules: { a: { payer: 'x', mode: 'additive' } } }, 'rules.a'],
    ['two rates', { version: '1', rules: { a: { payer: 'x', mode: 'additive', percent: '5', rate: {} } } }, 'rules.a'],
    ['a number', { version: '1', rules: { a: { payer: 'x', mode: 'additive', percent: 5 } } }, 'rules.a.percent'],
    [
      'a percentage above 100',
      { version: '1', rules: { a: { payer: 'x', mode: 'additive', percent: '100.0001' } } },
      'rules.a.percent',
    ],
    [
      'a rate above 1',
      { version: '1', rules: { a: { payer: 'x', mode: 'additive', rate: { num: '3', den: '2' } } } },
      'rules',
    ],
    ['a mode', { version: '1', rules: { a: { payer: 'x', mode: 'inclusive', percent: '5' } } }, 'rules.a.mode'],
    ['payout', { version: '1', rules: { payout: { payer: 'x', mode: 'additive', percent: '5' } } }, 'rules'],
    [
      'an amount',
      {
        version: '1',
        rules: { a: { payer: 'x', mode: 'additive', percent: '5', minimum: { amount: 1, currency: 'USD' } } },
      },
      'rules.a.minimum.amount',
    ],
  ])('refuses %s', (_, value, field) => {
    const refused = parseFees(value)._unsafeUnwrapErr();
    expect(refused).toMatchObject({ code: 'config_invalid', field });
    expect(refused.given.length).toBeLessThanOrEqual(64);
    expect(refused.problems.length).toBeGreaterThan(0);
  });

  it('refuses what throws when it is read', () => {
    const trap = (): never => {
      throw new Error('secret');
    };
    const hostile = [
      new Proxy({}, { get: trap, ownKeys: trap }),
      {
        version: '1',
        get rules() {
          return trap();
        },
      },
    ];
    for (const value of hostile) expect(parseFees(value)._unsafeUnwrapErr().code).toBe('config_invalid');
    expect(JSON.stringify(hostile.map((value) => parseFees(value)._unsafeUnwrapErr()))).not.toContain('secret');
  });

  it('law: a schedule comes back from its JSON', () => {
    fc.assert(
      fc.property(anySchedule(), (schedule) => {
        expect(parseFees(JSON.parse(JSON.stringify(schedule)))._unsafeUnwrap()).toEqual(schedule);
      }),
      runs,
    );
  });
});
