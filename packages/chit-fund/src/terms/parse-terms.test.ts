import { type CurrencyRegistry, currencies } from '@holdfast/money';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyTerms } from '../testing/any-scheme.ts';
import { goldenTerms } from '../testing/golden-schemes.ts';
import { defineScheme } from './define-scheme.ts';
import { parseTerms, termsToJson } from './parse-terms.ts';

const runs = { numRuns: Number(process.env.HOLDFAST_RUNS ?? 300) };
type Json = Record<string, unknown>;
const good = (): Json => structuredClone(termsToJson(goldenTerms.G1)) as Json;
/** Good JSON with one part changed by its path. */
const withPart = (path: string, value: unknown): Json => {
  const copy = good();
  const names = path.split('.');
  const last = names.pop() as string;
  (names.reduce<Json>((part, name) => part[name] as Json, copy) as Json)[last] = value;
  return copy;
};

describe('terms as JSON', () => {
  it('law: are read back as they were, whatever the method', () => {
    fc.assert(
      fc.property(anyTerms(), (terms) => {
        const kept = defineScheme(terms)._unsafeUnwrap().terms;
        const text = JSON.stringify(termsToJson(terms));
        expect(parseTerms(JSON.parse(text))._unsafeUnwrap()).toEqual(kept);
      }),
      runs,
    );
  });

  it('are whole for each golden scheme', () => {
    for (const terms of Object.values(goldenTerms)) {
      expect(parseTerms(termsToJson(terms))._unsafeUnwrap()).toEqual(defineScheme(terms)._unsafeUnwrap().terms);
    }
  });

  const amount = (text: unknown, currency: unknown = 'INR') => ({ amount: text, currency });
  const rows: readonly (readonly [path: string, value: unknown, field?: string])[] = [
    ['subscription', 20_000],
    ['subscription', '20000.00'],
    ['subscription', amount(20_000), 'subscription.amount'],
    ['subscription', amount('20000.005'), 'subscription.amount'],
    ['subscription', amount('2e4'), 'subscription.amount'],
    ['subscription', amount('-1.00')],
    ['subscription', amount('0.00')],
    ['subscription', amount('1.00', 'inr'), 'subscription.currency'],
    ['subscription', amount('1.00', 'XXX'), 'subscription.currency'],
    ['subscription', { ...amount('1.00'), more: 1 }],
    ['dividend.unit', amount('1.00', 'USD')],
    ['discount.step', amount('one'), 'discount.step.amount'],
    ['tickets', '25'],
    ['tickets', 25.5],
    ['tickets', 1e21],
    ['tickets', null],
    ['commission.basisPoints', 500],
    ['commission.basisPoints', '5.5'],
    ['commission.basisPoints', '05'],
    ['commission.basisPoints', '-5'],
    ['commission.basisPoints', '1234567'],
    ['commission.basisPoints', '10001'],
    ['starts', '2026-02-30'],
    ['starts', 'next Monday'],
    ['every', 'Month'],
    ['method', 'open_auction'],
    ['method.type', 'raffle'],
    ['method', { type: 'open_auction', discount: amount('1.00') }],
    ['method', { type: 'lot' }, 'method.discount'],
    ['method', { type: 'fixed_order', order: ['1'], discount: amount('1.00') }, 'method.order.0'],
    ['dividend.lag', '1'],
    ['dividend.lag', 2],
    ['late.graceDays', -1],
    ['late.forfeit', 'keep'],
    ['companyChit.commission', 'no'],
    ['custom', { ticketsPerPerson: 99 }, 'custom.ticketsPerPerson'],
    ['custom', { vacantDeduction: [{ from: '2026-01-01', basisPoints: 500 }] }, 'custom.vacantDeduction.0.basisPoints'],
    ['holidays', { days: '2026-01-26', move: 'later' }, 'holidays.days'],
    ['tax', { bearer: 'winner', rates: [{ from: '2017-07-01', basisPoints: 1200 }] }, 'tax.rates.0.basisPoints'],
    ['gross', amount('500000.00'), ''],
    ['__proto__', { name: 'x' }, ''],
    ['name', undefined],
    ['subscription', undefined],
  ];

  it.each(rows.map(([path, value, field = path]) => ({ path, value, field })))(
    'are refused at $path for $value',
    ({ path, value, field }) => {
      const refused = parseTerms(withPart(path, value));
      if (path === '__proto__') {
        // Setting it changes the prototype and adds no field: what was read is the good terms.
        expect(refused.isOk()).toBe(true);
        return;
      }
      expect(refused._unsafeUnwrapErr()).toMatchObject({ code: 'config_invalid', field });
    },
  );

  it.each([undefined, null, 5, 'text', [], {}, true, 5n, () => 0].map((value) => [value] as const))(
    'are refused where %o is given',
    (value) => {
      expect(parseTerms(value)._unsafeUnwrapErr().problems.length).toBeGreaterThan(0);
    },
  );

  it('are refused without a word of what a getter threw', () => {
    const hostile = Object.defineProperty(good(), 'name', {
      enumerable: true,
      get: () => {
        throw new Error('secret');
      },
    });
    const refused = parseTerms(hostile)._unsafeUnwrapErr();
    expect(JSON.stringify(refused)).not.toContain('secret');
    expect(
      parseTerms(
        new Proxy(good(), {
          ownKeys: () => {
            throw new Error('secret');
          },
        }),
      ).isErr(),
    ).toBe(true);
  });

  it('are refused in a currency that is not accepted', () => {
    const only: CurrencyRegistry = new Map([...currencies].filter(([code]) => code === 'USD'));
    expect(parseTerms(good(), only)._unsafeUnwrapErr().field).toBe('subscription.currency');
  });

  it('say what was given in the place of the problem', () => {
    const given = (path: string, value: unknown) => parseTerms(withPart(path, value))._unsafeUnwrapErr().given;
    expect(given('tickets', '25')).toBe('25');
    expect(given('late.graceDays', 'five')).toBe('five');
    expect(given('subscription', { amount: '2e4', currency: 'INR' })).toBe('2e4');
    expect(given('subscription', null)).toBe('null');
  });

  it('tell every problem at once', () => {
    const { problems } = parseTerms({ ...good(), tickets: '25', every: 'year', more: 1 })._unsafeUnwrapErr();
    expect(problems).toHaveLength(3);
  });
});
