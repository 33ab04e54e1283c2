import { type CurrencyRegistry, currencies } from '@holdfast/money';
import type { Result } from 'neverthrow';
import { z } from 'zod';
import { defineScheme } from './define-scheme.ts';
import { amountOf, readJson } from './read-json.ts';
import type { TermsInvalid } from './refusals.ts';
import type { SchemeTerms } from './terms.ts';

/**
 * Reads terms from data of outside, such as a form or a stored file.
 *
 * @param value - Anything. Amounts are `{ amount: '20000.00', currency: 'INR' }`, basis points decimal texts such as `'500'`,
 * days `YYYY-MM-DD`; what {@link termsToJson} gives can be read.
 * @param registry - The currencies that are accepted; the ready-made ones unless given.
 * @returns Terms that hold together, frozen.
 *
 * @errors
 * - `config_invalid`: not of that form, or terms that cannot be; carries every problem as a sentence.
 * @source docs/rules/chit-fund.md, CF-1, CF-2
 */
export function parseTerms(value: unknown, registry: CurrencyRegistry = currencies): Result<SchemeTerms, TermsInvalid> {
  return readJson(termsShape(registry), value)
    .andThen((data) => defineScheme(data as SchemeTerms))
    .map(({ terms }) => terms);
}

/**
 * Writes terms as JSON.
 *
 * @param terms - The terms.
 * @returns Plain data that {@link parseTerms} reads: amounts as JSON, basis points as decimal texts.
 */
export function termsToJson(terms: SchemeTerms): unknown {
  return JSON.parse(JSON.stringify(terms, (_, part: unknown) => (typeof part === 'bigint' ? `${part}` : part)));
}

const count = z.int({ error: 'a whole number' });
const basisPoints = z
  .string({ error: 'basis points as a decimal text, such as 500' })
  .regex(/^(?:0|[1-9]\d{0,5})$/, { error: 'basis points as a decimal text, such as 500' })
  .transform((text) => BigInt(text));
const day = z.string({ error: 'a day as YYYY-MM-DD' });
const tickets = z.array(count).max(10_000);
const rates = z.array(z.strictObject({ from: day, basisPoints })).max(1_000);

function termsShape(registry: CurrencyRegistry) {
  const amount = amountOf(registry);
  return z.strictObject({
    name: z.string(),
    method: methodShape(registry),
    subscription: amount,
    tickets: count,
    instalments: count,
    winnersPerDraw: count.optional(),
    starts: day,
    every: z.enum(['day', 'week', 'month']),
    dueAfterDays: count,
    holidays: z.strictObject({ days: z.array(day).max(5_000), move: z.enum(['later', 'earlier']) }).optional(),
    state: z.string().optional(),
    commission: z.strictObject({ basisPoints, taken: z.enum(['from_discount', 'on_top']) }),
    discount: z
      .strictObject({
        maximumBasisPoints: basisPoints,
        minimum: z.enum(['commission', 'nothing']),
        step: amount,
        tie: z.enum(['earliest', 'lot']),
        noBids: z.enum(['lot', 'adjourn']),
      })
      .optional(),
    dividend: z.strictObject({
      lag: z.union([z.literal(0), z.literal(1)], { error: '0 or 1' }),
      among: z.enum(['all', 'others', 'living']),
      unit: amount,
    }),
    companyChit: z.strictObject({ instalment: count, commission: z.boolean() }).optional(),
    tax: taxShape(registry).optional(),
    late: z.strictObject({
      graceDays: count,
      interestBasisPoints: basisPoints,
      by: z.enum(['actual_365', 'month']),
      forfeit: z.enum(['nothing', 'foreman', 'pool', 'restore_on_cure']),
      first: z.enum(['interest', 'principal']),
    }),
    custom: z
      .strictObject({
        soleBidder: z.enum(['auction', 'lot']).optional(),
        ticketsPerPerson: count.optional(),
        vacant: z.literal('foreman_holds').optional(),
        vacantDeduction: rates.optional(),
      })
      .optional(),
  });
}

function methodShape(registry: CurrencyRegistry) {
  const amount = amountOf(registry);
  const prizes = z.array(amount).max(2_000);
  const by = z.union([z.literal('lot'), tickets], { error: 'lot, or the tickets in their order' });
  return z.discriminatedUnion('type', [
    z.strictObject({ type: z.enum(['open_auction', 'sealed_auction', 'hui_discount', 'hui_premium']) }),
    z.strictObject({ type: z.literal('lot'), discount: amount }),
    z.strictObject({ type: z.literal('fixed_order'), order: tickets, discount: amount }),
    z.strictObject({ type: z.enum(['fixed_increment', 'fixed_schedule']), prizes, by }),
  ]);
}

function taxShape(registry: CurrencyRegistry) {
  return z.strictObject({
    bearer: z.enum(['winner', 'subscribers', 'foreman']),
    unit: amountOf(registry).optional(),
    rates: rates.optional(),
  });
}
