import { z } from 'zod';
import { amountField, dayField, holdersField, numberField, plainField, referenceField, textField } from '../shape.ts';

const running = z.strictObject({ name: textField, gross: amountField, from: dayField, to: dayField });

/** The shapes of the commands that found a scheme. */
export const foundingShapes = {
  DraftScheme: z.strictObject({ type: z.literal('DraftScheme'), terms: plainField, agreement: plainField.optional() }),
  ReviseDraft: z.strictObject({
    type: z.literal('ReviseDraft'),
    terms: plainField.optional(),
    agreement: plainField.optional(),
  }),
  SubmitScheme: z.strictObject({ type: z.literal('SubmitScheme'), others: z.array(running).max(10_000).optional() }),
  RejectScheme: z.strictObject({ type: z.literal('RejectScheme'), why: textField }),
  SanctionScheme: z.strictObject({ type: z.literal('SanctionScheme'), order: referenceField }),
  ExtendSanction: z.strictObject({ type: z.literal('ExtendSanction'), months: z.int().min(1).max(6) }),
  LapseSanction: z.strictObject({ type: z.literal('LapseSanction') }),
  RegisterScheme: z.strictObject({ type: z.literal('RegisterScheme'), number: referenceField }),
  EnrolTicket: z.strictObject({ type: z.literal('EnrolTicket'), ticket: numberField, holders: holdersField }),
  WithdrawEnrolment: z.strictObject({ type: z.literal('WithdrawEnrolment'), ticket: numberField }),
  DeclareSubscribed: z.strictObject({ type: z.literal('DeclareSubscribed') }),
  CommenceScheme: z.strictObject({
    type: z.literal('CommenceScheme'),
    certificate: referenceField,
    copiesDelivered: dayField.optional(),
  }),
};
