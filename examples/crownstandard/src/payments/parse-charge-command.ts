import { type Instant, isId, isInstant, isText, type ShapeInvalid, show } from '@holdfast/kernel';
import { isMoney, type Money } from '@holdfast/money';
import { err, ok, type Result } from 'neverthrow';
import { z } from 'zod';
import type { AnyChargeCommand } from './charge-commands.ts';

/** Reads a command from outside. Unknown fields are refused. */
export function parseChargeCommand(command: unknown): Result<AnyChargeCommand, ShapeInvalid> {
  const type = (command as { readonly type?: unknown } | null)?.type;
  const shape = typeof type === 'string' && Object.hasOwn(shapes, type) ? shapes[type] : undefined;
  if (!shape) {
    const allowed = Object.keys(shapes).join(', ');
    return err({ code: 'shape_invalid', field: 'type', given: show(type), allowed });
  }
  const read = shape.safeParse(command);
  if (read.success) return ok(read.data as AnyChargeCommand);
  const [issue] = read.error.issues;
  const field = issue?.path.join('.') || 'command';
  return err({ code: 'shape_invalid', field, given: show(command), allowed: issue?.message ?? '' });
}

const id = z.custom<string>((value) => isId(value), 'an id');
const word = z.string().regex(/^[\x21-\x7e]{1,200}$/, 'a word');
const object = z.string().regex(/^[\x21-\x7e]{1,255}$/, 'the provider’s name of an object');
const positive = z.custom<Money>((value) => isMoney(value) && value.minor > 0n, 'an amount of more than zero');
const instant = z.custom<Instant>((value) => isInstant(value), 'an instant');
const number = z.int().positive();
const reason = z.custom<string>(
  (value) => isText(value) && value.length > 0 && value.length <= 2_000,
  'a text of 1 to 2,000 characters',
);
const portion = z.custom<Money>((value) => isMoney(value) && value.minor >= 0n, 'an amount');
const heard = z.custom<object>((value) => typeof value === 'object' && value !== null, 'what was heard');
const about = z.discriminatedUnion('what', [
  z.strictObject({ what: z.literal('booking'), booking: id, customer: id, provider: id, otpHash: word }),
  z.strictObject({
    what: z.literal('tip'),
    booking: id,
    tip: id,
    converted: z.strictObject({ amount: positive, quote: word }).optional(),
  }),
  z.strictObject({ what: z.literal('refund'), booking: id, of: id, again: id.optional() }),
  z.strictObject({ what: z.literal('surplus'), charge: id }),
]);
const shapes: Readonly<Record<string, z.ZodType>> = {
  StartCharge: z.strictObject({
    type: z.literal('StartCharge'),
    for: about,
    amount: positive,
    object: object.optional(),
    allOf: word.optional(),
  }),
  SendChargeAgain: z.strictObject({ type: z.literal('SendChargeAgain') }),
  ReportChargeOutcome: z.strictObject({
    type: z.literal('ReportChargeOutcome'),
    attempt: z.int().positive(),
    send: z.int().positive(),
    outcome: heard,
  }),
  ReportChargeObservation: z.strictObject({ type: z.literal('ReportChargeObservation'), observation: heard }),
  ReportChargeLookup: z.strictObject({
    type: z.literal('ReportChargeLookup'),
    lookup: heard,
    lookedAt: instant,
  }),
  PresumeChargeSilence: z.strictObject({
    type: z.literal('PresumeChargeSilence'),
    attempt: z.int().positive(),
    sentBefore: instant,
  }),
  NoteBankDispute: z.strictObject({
    type: z.literal('NoteBankDispute'),
    dispute: object,
    standing: z.enum(['open', 'lost', 'ended']),
    took: z
      .discriminatedUnion('outOf', [
        z.strictObject({ outOf: z.literal('debt'), loss: portion }),
        z.strictObject({ outOf: z.literal('earnings'), payee: portion, platform: portion, loss: portion }),
      ])
      .optional(),
    expects: z.strictObject({ account: word, balance: z.custom<Money>(isMoney, 'an amount') }).optional(),
  }),
  AdoptCharge: z.strictObject({
    type: z.literal('AdoptCharge'),
    observation: heard,
    for: about,
    isPlaced: z.boolean(),
  }),
  ClaimAdopted: z.strictObject({ type: z.literal('ClaimAdopted'), for: about, amount: positive }),
  AssertChargeMade: z.strictObject({ type: z.literal('AssertChargeMade'), attempt: number, object, why: reason }),
  AssertChargeAbsent: z.strictObject({
    type: z.literal('AssertChargeAbsent'),
    attempt: number,
    evidence: word,
    why: reason,
  }),
  DriveChargeAgain: z.strictObject({ type: z.literal('DriveChargeAgain'), why: reason }),
  ReplaceRefund: z.strictObject({ type: z.literal('ReplaceRefund'), again: id, why: reason }),
  ApplyAssertion: z.strictObject({ type: z.literal('ApplyAssertion'), saidAt: instant }),
  GiveBackSurplus: z.strictObject({ type: z.literal('GiveBackSurplus'), object, refund: id, why: reason.optional() }),
};
