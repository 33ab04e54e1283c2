import { type CurrencyRegistry, currencies } from '@holdfast/money';
import type { Result } from 'neverthrow';
import { z } from 'zod';
import { amountOf, readJson } from '../terms/read-json.ts';
import type { TermsInvalid } from '../terms/refusals.ts';
import type { Agreement } from './agreement.ts';

/**
 * Reads what an agreement says from data of outside.
 *
 * @param value - Anything; amounts are `{ amount: '500000.00', currency: 'INR' }`. Fields may be absent: {@link checkCompliance}
 * tells what is missing.
 * @param registry - The currencies that are accepted; the ready-made ones unless given.
 * @returns The agreement.
 *
 * @errors
 * - `config_invalid`: not of that form; carries every problem as a sentence.
 * @source docs/rules/chit-fund.md, CF-15
 */
export function parseAgreement(
  value: unknown,
  registry: CurrencyRegistry = currencies,
): Result<Agreement, TermsInvalid> {
  return readJson(agreementShape(registry), value) as Result<Agreement, TermsInvalid>;
}

const text = z.string().max(4_000);
const name = z.string().min(1).max(200);

function agreementShape(registry: CurrencyRegistry) {
  const amount = amountOf(registry).optional();
  return z.strictObject({
    foreman: z
      .strictObject({
        name,
        kind: z.enum(['individual', 'firm', 'company', 'cooperative']),
        partners: z.int().min(1).max(10_000).optional(),
        netOwnedFunds: amount,
        paidUpCapital: amount,
      })
      .optional(),
    security: z
      .strictObject({
        cash: amount,
        bankGuarantee: amount,
        governmentSecurities: amount,
        trusteeSecurities: amount,
      })
      .optional(),
    subscribers: z
      .array(z.strictObject({ person: name, hasAddress: z.boolean(), tickets: z.string().max(20) }))
      .max(100_000)
      .optional(),
    place: text.optional(),
    time: text.optional(),
    foremanInstalment: z.union([z.int().min(1), z.literal('none')], { error: 'a number or none' }).optional(),
    bank: text.optional(),
    consequences: text.optional(),
    defaultingWhen: text.optional(),
    inspectionTimes: text.optional(),
    nominees: text.optional(),
    permits: z.strictObject({ longDuration: z.boolean().optional() }).optional(),
  });
}
