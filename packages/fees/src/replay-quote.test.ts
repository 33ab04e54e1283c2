import { percent, usd } from '@holdfast/money';
import { anyMoney } from '@holdfast/money/testing';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defineFees, type Quote, quote, quoteFromJson, quoteLines, quoteToJson, replayQuote } from './index.ts';
import { anySchedule } from './testing/index.ts';

const runs = { numRuns: Number(process.env.HOLDFAST_RUNS ?? 200) };
const jobsphere = defineFees('jobsphere-1', {
  platform: { payer: 'customer', mode: 'additive', rate: percent('5') },
  service: { payer: 'contractor', mode: 'deductive', rate: percent('20'), minimum: usd('1') },
});
const kept = quoteLines(jobsphere, usd('33.33'));

describe('replayQuote', () => {
  it('finds that a quote is what its schedule says', () => {
    expect(replayQuote(kept, jobsphere)._unsafeUnwrap()).toBe(kept);
    expect(replayQuote(kept)._unsafeUnwrap()).toBe(kept);
  });

  const other = (rule: object) =>
    defineFees('jobsphere-1', { ...jobsphere.rules, platform: { ...jobsphere.rules.platform, ...rule } });
  it.each<[string, Quote, ReturnType<typeof other> | undefined, object]>([
    [
      'another version',
      kept,
      defineFees('2', {}) as never,
      { code: 'schedule_mismatch', quoted: 'jobsphere-1', schedule: '2' },
    ],
    ['other fees', kept, defineFees('jobsphere-1', {}) as never, { code: 'quote_differs', line: 'rules' }],
    ['another rate', kept, other({ rate: percent('6') }), { code: 'quote_differs', line: 'rules' }],
    ['another rounding', kept, other({ rounding: 'down' }), { code: 'quote_differs', line: 'rules' }],
    ['another payer', kept, other({ payer: 'x' }), { code: 'quote_differs', line: 'rules' }],
    ['another bound', kept, other({ maximum: usd('1') }), { code: 'quote_differs', line: 'rules' }],
    [
      'a fee changed by a cent',
      { ...kept, lines: { ...kept.lines, platform: usd('1.66') } },
      undefined,
      { code: 'quote_differs', line: 'platform', quoted: '1.66 USD', replayed: '1.67 USD' },
    ],
    ['a fee too many', { ...kept, lines: { ...kept.lines, network: usd('1') } }, undefined, { line: 'network' }],
    ['a fee too few', { ...kept, lines: { platform: usd('1.67') } } as never, undefined, { line: 'service' }],
    ['another charge', { ...kept, charge: usd('35.01') }, undefined, { line: 'charge' }],
    ['another payout', { ...kept, payout: usd('26.67') }, undefined, { line: 'payout' }],
    ['another amount', { ...kept, amount: usd('33.34') }, undefined, { code: 'quote_differs' }],
    ['an amount below its fees', { ...kept, amount: usd('0.50') }, undefined, { line: 'payout' }],
  ])('finds %s', (_, quoted, schedule, expected) => {
    expect(replayQuote(quoted, schedule)._unsafeUnwrapErr()).toMatchObject(expected);
  });
});

describe('a quote as JSON', { timeout: 600_000 }, () => {
  it('is the same from the codec and from JSON.stringify', () => {
    expect(JSON.stringify(kept)).toBe(JSON.stringify(quoteToJson(kept)));
    expect(quoteToJson(kept)).toMatchObject({
      schedule: 'jobsphere-1',
      charge: { amount: '35.00', currency: 'USD' },
      lines: { platform: { amount: '1.67', currency: 'USD' } },
      rules: {
        service: { rate: { num: '1', den: '5' }, rounding: 'halfUp', minimum: { amount: '1.00', currency: 'USD' } },
      },
    });
  });

  const json = JSON.parse(JSON.stringify(kept));
  it.each<[string, unknown, string, string]>([
    ['nothing', undefined, 'shape_invalid', ''],
    ['another field', { ...json, more: 1 }, 'shape_invalid', ''],
    ['no charge', { ...json, charge: undefined }, 'shape_invalid', 'charge'],
    ['a number', { ...json, amount: 33.33 }, 'shape_invalid', 'amount'],
    ['a fee that is none', { ...json, lines: { ...json.lines, platform: '1.67' } }, 'shape_invalid', 'lines.platform'],
    [
      'a rule that is none',
      { ...json, rules: { ...json.rules, platform: {} } },
      'shape_invalid',
      'rules.platform.payer',
    ],
    ['a schedule without a name', { ...json, schedule: '' }, 'shape_invalid', 'rules'],
  ])('is refused with %s', (_, value, code, field) => {
    expect(quoteFromJson(value)._unsafeUnwrapErr()).toMatchObject({ code, field });
  });

  it('is refused when its numbers are not what its rules give', () => {
    const forged = { ...json, payout: { amount: '33.33', currency: 'USD' } };
    expect(quoteFromJson(forged)._unsafeUnwrapErr()).toMatchObject({ code: 'quote_differs', line: 'payout' });
  });

  it('law: a quote comes back from its JSON, and is what its schedule says', () => {
    const anyAmount = anyMoney(usd, { min: 1n, max: 10n ** 30n });
    fc.assert(
      fc.property(anySchedule(), anyAmount, (schedule, amount) => {
        const quoted = quote(schedule, amount);
        fc.pre(quoted.isOk());
        const back = quoteFromJson(JSON.parse(JSON.stringify(quoted._unsafeUnwrap())))._unsafeUnwrap();
        expect(back).toEqual(quoted._unsafeUnwrap());
        expect(replayQuote(back, schedule).isOk()).toBe(true);
      }),
      runs,
    );
  });
});
