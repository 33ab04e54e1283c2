import { z } from 'zod';
import { day, rupees, words } from '../http/schemas.ts';

const basisPoints = z.int('whole basis points').min(0, 'from 0').max(10_000, 'to 10000');
const count = (most: number) => z.int('a whole number').min(1, 'from 1').max(most, `to ${most}`);

const method = z
  .discriminatedUnion('type', [
    z.strictObject({ type: z.literal('open_auction') }),
    z.strictObject({ type: z.literal('sealed_auction') }),
    z.strictObject({ type: z.literal('lot'), discount: rupees }),
    z.strictObject({ type: z.literal('fixed_order'), order: z.array(count(1_000)).max(1_000), discount: rupees }),
  ])
  .describe('how winners are found');

/** What of the terms the seed has no words for; what is absent is as most companies have it. */
const terms = z.strictObject({
  method: method.default({ type: 'open_auction' }),
  state: z
    .string()
    .regex(/^[A-Z]{2}$/, 'two capital letters')
    .default('KA')
    .describe('the Indian state whose rules hold'),
  winnersPerDraw: count(100).default(1),
  every: z.enum(['day', 'week', 'month']).default('month'),
  dueAfterDays: z.int().min(0).max(60).default(5),
  commission: z
    .strictObject({ basisPoints, taken: z.enum(['from_discount', 'on_top']) })
    .default({ basisPoints: 500, taken: 'from_discount' }),
  discount: z
    .strictObject({
      maximumBasisPoints: basisPoints,
      minimum: z.enum(['commission', 'nothing']),
      step: rupees,
      tie: z.enum(['earliest', 'lot']),
      noBids: z.enum(['lot', 'adjourn']),
    })
    .default({ maximumBasisPoints: 3_000, minimum: 'commission', step: '100.00', tie: 'earliest', noBids: 'lot' }),
  dividend: z
    .strictObject({
      lag: z.union([z.literal(0), z.literal(1)]),
      among: z.enum(['all', 'others', 'living']),
      unit: rupees,
    })
    .default({ lag: 0, among: 'all', unit: '0.01' }),
  companyChit: z.strictObject({ instalment: count(1_000), commission: z.boolean() }).optional(),
  taxBearer: z.enum(['winner', 'subscribers', 'foreman']).optional(),
  late: z
    .strictObject({
      graceDays: z.int().min(0).max(60),
      interestBasisPoints: basisPoints,
      by: z.enum(['actual_365', 'month']),
      forfeit: z.enum(['nothing', 'foreman', 'pool', 'restore_on_cure']),
      first: z.enum(['interest', 'principal']),
    })
    .default({ graceDays: 5, interestBasisPoints: 1_200, by: 'actual_365', forfeit: 'nothing', first: 'interest' }),
  ticketsPerPerson: count(1_000).optional(),
  holidays: z
    .strictObject({ days: z.array(day).max(1_000), move: z.enum(['later', 'earlier']) })
    .optional()
    .describe('days on which nothing is drawn and nothing falls due'),
});

/** A scheme as the seed has it, and what it leaves out. */
export const schemeDraft = z.strictObject({
  name: words(200),
  durationMonths: count(1_000).describe('how many instalments'),
  totalAmount: rupees.describe('the gross chit amount: the instalment times the tickets'),
  monthlyInstallment: rupees,
  maxSubscribers: count(1_000).describe('how many tickets'),
  startDate: day.describe('the day of the first draw'),
  terms: terms.prefault({}),
  agreement: z.record(z.string(), z.unknown()).optional().describe('what the agreement says for the law'),
});

/** A draft as it was read. */
export type SchemeDraft = z.infer<typeof schemeDraft>;
